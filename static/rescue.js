// The rescue page: shows, hands out and puts back what Loudou keeps in this browser, as it is. It needs neither the program nor readable
// data. It runs in rescue.html, and in the single file when its address ends with #rescue.
(() => {
  "use strict";
  const root = document.documentElement;
  if (!("rescue" in root.dataset)) {
    addEventListener("hashchange", () => location.hash === "#rescue" && location.reload());
    if (location.hash !== "#rescue") return;
    root.dataset.rescue = "";
  }

  const PREFIX = "loudou";
  const FORMAT = "loudou-raw-storage";
  const DATABASE = "loudou";
  const ROOMS = ["mirror", "backups"];

  const WORDS = {
    en: {
      title: "Rescue",
      what: "Everything that Loudou keeps in this browser, as it is stored, readable or not. Nothing here changes unless you say so. Close other tabs of Loudou first.",
      other: "中文",
      back: "Open Loudou",
      all: "Download everything",
      allWhat: "One file with every key and its exact text. Keep it before you try anything else.",
      put: "Put a rescue file back",
      workspaces: "Workspaces",
      none: "No workspace is stored here.",
      nameless: "Name unreadable",
      settings: "Settings and the rest",
      database: "The browser's database",
      noDatabase: "This browser gives the page no database.",
      rooms: { mirror: "Second copy of the data", backups: "Backups" },
      keys: (count, size) => `${count} ${count === 1 ? "key" : "keys"}, ${size}`,
      show: "Show the keys",
      download: "Download",
      downloadOf: (name) => `Download ${name}`,
      clear: "Delete everything",
      clearOne: "Delete this workspace",
      clearOf: (name) => `Delete this workspace: ${name}`,
      clearTitle: (name) => `Delete ${name}?`,
      everything: "everything",
      clearFirst: "It goes from this browser for good, with its second copy. Download it first: only with that file can it be put back.",
      clearSecond: "Last question: it cannot be brought back without the file. Delete it now?",
      goOn: "Go on",
      reallyClear: "Delete for good",
      cancel: "Cancel",
      cleared: "Deleted.",
      putTitle: "Put this file back?",
      putWhat: (missing, other, same) => `${missing} keys of the file are not here, ${other} are here with another text, ${same} are here already.`,
      putOver: "Also replace those with another text",
      putNow: "Put back",
      putDone: (count) => `${count} keys were put back. Open Loudou to see them.`,
      putStopped: (count, error) => `${count} keys were put back, then the browser refused: ${error}`,
      notOurs: "This is no rescue file of Loudou.",
      blocked: (error) => `The browser does not let this page read its storage: ${error}`,
      failed: (error) => `The browser refused: ${error}`,
    },
    zh: {
      title: "救援",
      what: "漏斗保存在此浏览器中的全部内容，按存储原样列出，无论能否读取。未经您确认，这里不会改动任何内容。请先关闭漏斗的其他标签页。",
      other: "English",
      back: "打开漏斗",
      all: "下载全部",
      allWhat: "一个文件，含每个键及其原文。尝试其他操作之前请先保存它。",
      put: "放回救援文件",
      workspaces: "工作区",
      none: "这里没有存储工作区。",
      nameless: "名称无法读取",
      settings: "设置及其他",
      database: "浏览器数据库",
      noDatabase: "此浏览器不给本页提供数据库。",
      rooms: { mirror: "数据的第二份副本", backups: "备份" },
      keys: (count, size) => `${count} 个键，${size}`,
      show: "显示各个键",
      download: "下载",
      downloadOf: (name) => `下载 ${name}`,
      clear: "删除全部",
      clearOne: "删除此工作区",
      clearOf: (name) => `删除此工作区：${name}`,
      clearTitle: (name) => `删除 ${name}？`,
      everything: "全部内容",
      clearFirst: "它及其第二份副本将从此浏览器中永久消失。请先下载：只有凭该文件才能放回。",
      clearSecond: "最后确认：没有该文件将无法找回。现在删除吗？",
      goOn: "继续",
      reallyClear: "永久删除",
      cancel: "取消",
      cleared: "已删除。",
      putTitle: "放回此文件？",
      putWhat: (missing, other, same) => `文件中有 ${missing} 个键不在这里，${other} 个键在这里但内容不同，${same} 个键已在这里。`,
      putOver: "内容不同的也一并替换",
      putNow: "放回",
      putDone: (count) => `已放回 ${count} 个键。请打开漏斗查看。`,
      putStopped: (count, error) => `已放回 ${count} 个键，随后浏览器拒绝：${error}`,
      notOurs: "这不是漏斗的救援文件。",
      blocked: (error) => `浏览器不允许本页读取存储：${error}`,
      failed: (error) => `浏览器拒绝：${error}`,
    },
  };
  let language = "en";
  const words = () => WORDS[language];
  const units = (text) => text.length;
  const size = (count) => {
    // Browsers keep two bytes to a unit.
    const kilobytes = (count * 2) / 1024;
    return kilobytes < 1000 ? `${kilobytes.toFixed(kilobytes < 10 ? 1 : 0)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  };

  // Local storage, raw.

  const local = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).sort()
    .map((key) => [key, localStorage.getItem(key)]);
  const workspaceOf = (key) => /^loudou\/w\/([^/]+)\//.exec(key)?.[1];

  // The third line of a head, of its spare copy when need be. Whether anything around it is whole does not matter here.
  function nameOf(entries) {
    const heads = entries.filter(([key]) => key.endsWith("/head")).sort(([a], [b]) => a.length - b.length);
    for (const [, text] of heads) {
      const lines = text.split("\n");
      if (lines[1]?.startsWith("head ") && lines[2]) return lines[2].replaceAll(/\\(n|.)/g, (_, sign) => (sign === "n" ? " " : sign));
    }
    return null;
  }

  // The database, raw.

  const answer = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  async function database() {
    if (!globalThis.indexedDB) return null;
    const open = indexedDB.open(DATABASE, 1);
    // Made as the page itself makes it.
    open.onupgradeneeded = () => {
      for (const room of ROOMS) open.result.createObjectStore(room);
    };
    try {
      return await answer(open);
    } catch (error) {
      // A newer version of the page has made it anew.
      return error.name === "VersionError" ? answer(indexedDB.open(DATABASE)) : null;
    }
  }

  async function rooms(base) {
    const found = {};
    for (const room of base?.objectStoreNames ?? []) {
      const store = base.transaction(room).objectStore(room);
      const [keys, texts] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
      found[room] = keys.map((key, place) => [String(key), texts[place]]);
    }
    return found;
  }

  // Writes all of it or nothing; null removes.
  function write(base, room, writes) {
    return new Promise((done, fail) => {
      const transaction = base.transaction(room, "readwrite");
      const store = transaction.objectStore(room);
      for (const [key, text] of writes) text === null ? store.delete(key) : store.put(text, key);
      transaction.oncomplete = () => done();
      transaction.onabort = () => fail(transaction.error);
    });
  }

  async function gathered() {
    const base = await database().catch(() => null);
    const found = { local: local(), rooms: await rooms(base) };
    base?.close();
    return { ...found, hasDatabase: base !== null };
  }

  // Files out.

  function hand(name, parts, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // In parts, so that no text is built that is as long as all of it.
  function* object(entries) {
    let before = "\n";
    yield "{";
    for (const [key, text] of entries) {
      yield `${before}${JSON.stringify(key)}:${JSON.stringify(text)}`;
      before = ",\n";
    }
    yield "}";
  }

  function rescueFile(name, entries, roomsOf) {
    const parts = [`{"format":"${FORMAT}","saved":"${new Date().toISOString()}","entries":`, ...object(entries), ',"database":{'];
    Object.entries(roomsOf).forEach(([room, held], place) => {
      parts.push(`${place ? "," : ""}${JSON.stringify(room)}:`, ...object(held));
    });
    parts.push("}}\n");
    hand(`${name}-${new Date().toISOString().slice(0, 10)}.json`, parts, "application/json");
  }

  const fileName = (key) => `${key.replaceAll(/[^\w.-]+/g, "-")}.txt`;

  // What a deletion of some keys of local storage takes along of the mirror: both the copy and the note that there was one.
  const mirrored = (keys, held) => {
    const wanted = new Set(keys);
    return held.filter(([key]) => wanted.has(key.slice(1))).map(([key]) => key);
  };

  // Drawing.

  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "class") made.className = value;
      else if (key.includes("-")) made.setAttribute(key, value);
      else made[key] = value;
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }
  const button = (text, onclick, properties = {}) => element("button", { type: "button", onclick, ...properties }, text);

  let said = ["", false];
  function say(text, isBad = false) {
    said = [text, isBad];
    draw();
  }

  function keyList(entries) {
    const row = ([key, text]) => element(
      "li", { class: "rescue__key" },
      element("code", {}, key),
      element("span", { class: "rescue__small" }, size(units(String(text)))),
      button(words().download, () => hand(fileName(key), [String(text)], "text/plain;charset=utf-8"), { "aria-label": words().downloadOf(key) }),
    );
    const list = element("ul", { class: "rescue__keys", tabIndex: 0, "aria-label": words().show });
    const details = element("details", {}, element("summary", {}, words().show), list);
    // Thousands of keys are drawn when they are asked for.
    details.addEventListener("toggle", () => details.open && !list.firstChild && list.append(...entries.map(row)));
    return details;
  }

  const sum = (entries) => entries.reduce((all, [key, text]) => all + units(key) + units(String(text)), 0);
  const figures = (entries) => element("span", { class: "rescue__small" }, words().keys(entries.length, size(sum(entries))));

  function dialog(title, ...body) {
    const heading = element("h2", { id: "rescue-dialog" }, title);
    const made = element("dialog", { "aria-labelledby": "rescue-dialog" }, heading, ...body);
    made.addEventListener("close", () => made.remove());
    document.querySelector(".rescue").append(made);
    made.showModal();
    return made;
  }

  // Twice asked, with the file offered first.
  function askToClear(name, download, clear) {
    const text = element("p", {}, words().clearFirst);
    const steps = element("div", { class: "rescue__row" });
    const asked = dialog(words().clearTitle(name), text, steps);
    const cancel = () => button(words().cancel, () => asked.close());
    const second = () => {
      text.textContent = words().clearSecond;
      const now = button(words().reallyClear, async () => {
        asked.close();
        try {
          await clear();
          say(words().cleared);
        } catch (error) {
          say(words().failed(error), true);
        }
      }, { class: "rescue__danger", "data-testid": "rescue-clear-now" });
      steps.replaceChildren(cancel(), now);
    };
    steps.append(
      button(words().download, download, { class: "rescue__first", "data-testid": "rescue-clear-download" }),
      button(words().goOn, second, { "data-testid": "rescue-clear-go-on" }),
      cancel(),
    );
  }

  async function clearKeys(keys, alsoRooms) {
    const base = await database();
    if (base) {
      for (const [room, held] of Object.entries(await rooms(base))) {
        const gone = alsoRooms ? held.map(([key]) => key) : room === "mirror" ? mirrored(keys, held) : [];
        if (gone.length) await write(base, room, gone.map((key) => [key, null]));
      }
      base.close();
    }
    for (const key of keys) localStorage.removeItem(key);
  }

  // Files in.

  const isTexts = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
    && Object.values(value).every((text) => typeof text === "string");

  function read(text) {
    const file = JSON.parse(text);
    const base = file?.database ?? {};
    if (file?.format !== FORMAT || !isTexts(file.entries) || !Object.values(base).every(isTexts)) throw new Error(words().notOurs);
    // A head says what counts: it comes after what it counts.
    const isHead = ([key]) => key.endsWith("/head");
    const entries = Object.entries(file.entries).filter(([key]) => key.startsWith(PREFIX))
      .sort((a, b) => isHead(a) - isHead(b));
    // What was noted as removed is no reason to remove it again.
    const ofRooms = Object.entries(base).map(([room, held]) => [room, Object.entries(held).filter(([key]) => room !== "mirror" || key.startsWith("+"))]);
    return { entries, rooms: Object.fromEntries(ofRooms) };
  }

  async function askToPut(file) {
    let wanted;
    try {
      wanted = read(await file.text());
    } catch (error) {
      say(error instanceof SyntaxError ? words().notOurs : error.message, true);
      return;
    }
    const here = await gathered();
    const places = [[null, wanted.entries, new Map(here.local)]];
    for (const [room, held] of Object.entries(wanted.rooms)) {
      if (room in here.rooms) places.push([room, held, new Map(here.rooms[room])]);
    }
    let [missing, other, same] = [0, 0, 0];
    for (const [, entries, known] of places) {
      for (const [key, text] of entries) {
        if (!known.has(key)) missing += 1;
        else if (known.get(key) === text) same += 1;
        else other += 1;
      }
    }
    const over = element("input", { type: "checkbox", id: "rescue-over" });
    const asked = dialog(
      words().putTitle,
      element("p", { "data-testid": "rescue-put-what" }, words().putWhat(missing, other, same)),
      other ? element("label", { class: "rescue__row", htmlFor: "rescue-over" }, over, words().putOver) : null,
      element("div", { class: "rescue__row" },
        button(words().cancel, () => asked.close()),
        button(words().putNow, () => {
          asked.close();
          put(places, over.checked);
        }, { class: "rescue__first", "data-testid": "rescue-put-now" })),
    );
  }

  async function put(places, alsoOther) {
    let count = 0;
    try {
      const base = await database().catch(() => null);
      for (const [room, entries, known] of places) {
        const due = entries.filter(([key, text]) => !known.has(key) || (alsoOther && known.get(key) !== text));
        if (room === null) {
          const mirror = new Map((await rooms(base)).mirror);
          for (const [key, text] of due) {
            // The second copy must not say that it was removed, or something else.
            const notes = [];
            if (mirror.has(`-${key}`)) notes.push([`-${key}`, null]);
            if (mirror.has(`+${key}`)) notes.push([`+${key}`, text]);
            if (notes.length) await write(base, "mirror", notes);
            localStorage.setItem(key, text);
            count += 1;
          }
        } else if (due.length) {
          await write(base, room, due);
          count += due.length;
        }
      }
      base?.close();
      say(words().putDone(count));
    } catch (error) {
      say(words().putStopped(count, error), true);
    }
  }

  async function draw() {
    root.lang = language;
    const main = element("main", { class: "rescue", "data-testid": "rescue" });
    const other = language === "en" ? "zh" : "en";
    main.append(
      element("div", { class: "rescue__top" },
        element("h1", {}, words().title),
        element("div", { class: "rescue__row" },
          button(words().other, () => {
            language = other;
            draw();
          }, { lang: other }),
          element("a", { href: location.href.split(/[?#]/)[0].replace(/rescue(\.html)?$/, ""), onclick: leave, "data-testid": "rescue-leave" }, words().back))),
      element("p", { class: "rescue__muted" }, words().what),
      element("p", { class: "rescue__said", role: "status", "data-testid": "rescue-said", ...(said[1] ? { "data-bad": "" } : {}) }, said[0]),
    );
    let found;
    try {
      found = await gathered();
    } catch (error) {
      main.append(element("p", { role: "alert" }, words().blocked(error)));
      document.body.replaceChildren(main);
      return;
    }
    const file = element("input", { type: "file", accept: ".json,application/json", "aria-label": words().put, "data-testid": "rescue-file" });
    file.addEventListener("change", () => file.files[0] && askToPut(file.files[0]));
    const everything = () => rescueFile("loudou-rescue", found.local, found.rooms);
    main.append(element(
      "section", { class: "rescue__card" },
      element("div", { class: "rescue__row" },
        button(words().all, everything, { class: "rescue__first", "data-testid": "rescue-download" }),
        element("span", { class: "rescue__file" }, words().put, file),
        button(words().clear, () => askToClear(words().everything, everything, () => clearKeys(found.local.map(([key]) => key), true)),
          { class: "rescue__danger", "data-testid": "rescue-clear" })),
      element("p", { class: "rescue__small" }, words().allWhat),
    ));

    const groups = Map.groupBy ? Map.groupBy(found.local, ([key]) => workspaceOf(key)) : found.local.reduce((all, entry) => {
      const of = workspaceOf(entry[0]);
      return all.set(of, [...(all.get(of) ?? []), entry]);
    }, new Map());
    const card = element("section", { class: "rescue__card", "aria-labelledby": "rescue-workspaces" }, element("h2", { id: "rescue-workspaces" }, words().workspaces));
    const list = element("ul");
    for (const [id, entries] of groups) {
      if (id === undefined) continue;
      const name = nameOf(entries) ?? words().nameless;
      const download = () => rescueFile(`loudou-rescue-${id}`, entries, {});
      list.append(element(
        "li", { class: "rescue__item", "data-testid": "rescue-workspace" },
        element("div", { class: "rescue__row" },
          element("div", { class: "rescue__name" }, element("h3", {}, name), element("code", { class: "rescue__small" }, id)),
          figures(entries),
          button(words().download, download, { "aria-label": words().downloadOf(name) }),
          button(words().clearOne, () => askToClear(name, download, () => clearKeys(entries.map(([key]) => key), false)),
            { class: "rescue__danger", "aria-label": words().clearOf(name) })),
        keyList(entries),
      ));
    }
    card.append(list.firstChild ? list : element("p", { class: "rescue__muted" }, words().none));
    main.append(card);

    const rest = groups.get(undefined) ?? [];
    if (rest.length) {
      main.append(element("section", { class: "rescue__card", "aria-labelledby": "rescue-rest" },
        element("div", { class: "rescue__row" }, element("h2", { id: "rescue-rest", class: "rescue__name" }, words().settings), figures(rest)),
        keyList(rest)));
    }

    const base = element("section", { class: "rescue__card", "aria-labelledby": "rescue-database" }, element("h2", { id: "rescue-database" }, words().database));
    if (!found.hasDatabase) base.append(element("p", { class: "rescue__muted" }, words().noDatabase));
    for (const [room, entries] of Object.entries(found.rooms)) {
      const name = words().rooms[room] ?? room;
      base.append(element("div", { class: "rescue__item" },
        element("div", { class: "rescue__row" }, element("h3", { class: "rescue__name" }, name), figures(entries),
          button(words().download, () => rescueFile(`loudou-rescue-${room}`, [], { [room]: entries }), { "aria-label": words().downloadOf(name) })),
        keyList(entries)));
    }
    main.append(base);
    document.body.replaceChildren(main);
  }

  // In the single file only the address after the # differs.
  function leave(event) {
    if (!location.hash) return;
    event.preventDefault();
    location.hash = "";
    location.reload();
  }

  addEventListener("DOMContentLoaded", () => {
    let settings = {};
    try {
      settings = JSON.parse(localStorage.getItem("loudou/settings")) ?? {};
    } catch {
      // Unreadable or blocked: the browser's own preferences apply.
    }
    if (settings.theme === "light" || settings.theme === "dark") root.dataset.theme = settings.theme;
    language = String(settings.language ?? navigator.language).toLowerCase().startsWith("zh") ? "zh" : "en";
    // Whoever waits for the program, in the single file, waits no longer.
    dispatchEvent(new Event("TrunkApplicationStarted"));
    draw();
  });
})();
