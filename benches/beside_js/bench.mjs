// Loudou's ledger as the module that the benchmark beside JavaScript loads: text in, the sums of a filter out.
import start, { load as read, recompute as sums, room } from './beside_js.js';

const STAGES = 6, MONTHS = 36, OWNERS = 50, DEPARTMENTS = 6;
const months = Float64Array.from({ length: MONTHS + 1 }, (_, month) => Date.UTC(2023, 9 + month, 1));
let memory;

export const name = 'Loudou';

export async function init() {
  ({ memory } = await start());
}

export async function load(text) {
  // The workload is plain ASCII: as many bytes as characters.
  const place = room(text.length);
  const { read: taken } = new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, place, text.length));
  if (taken !== text.length) throw new Error('the text is not plain ASCII');
  read(months);
}

const row = (numbers, place) => {
  const [open, openAmount, weighted, won, wonAmount, lost, cycle] = numbers.subarray(place, place + 7);
  const winRate = won + lost ? won / (won + lost) : 0, avgWon = won ? wonAmount / won : 0, cycleMean = won ? cycle / won : 0;
  const velocity = cycleMean ? open * winRate * avgWon / cycleMean : 0;
  return { open, openAmount, weighted: weighted / 100, won, wonAmount, lost, winRate, avgWon, cycleMean, velocity };
};

export async function recompute({ owner, department, source, from, to }) {
  const numbers = sums(owner, department, source, from, to);
  const table = kind => numbers.subarray(STAGES * 6 + kind * MONTHS * STAGES, STAGES * 6 + (kind + 1) * MONTHS * STAGES);
  const [entries, promo, loss, back] = [0, 1, 2, 3].map(table);
  const sum = (table, stage) => { let all = 0; for (let place = stage; place < table.length; place += STAGES) all += table[place]; return all; };
  const stages = Array.from({ length: STAGES }, (_, stage) => {
    const [count, amount, weighted, stays, days, durationMedian] = numbers.subarray(stage * 6, stage * 6 + 6);
    const [promotions, losses, regressions] = [promo, loss, back].map(table => sum(table, stage));
    const left = promotions + losses + regressions;
    return {
      count, amount, weighted: weighted / 100, entries: sum(entries, stage), promotions, losses, regressions,
      conversion: left ? promotions / left : 0, durationMean: stays ? days / stays : 0, durationMedian,
    };
  });
  let place = STAGES * 6 + 4 * MONTHS * STAGES;
  const cycleMedian = numbers[place++];
  const rows = count => Array.from({ length: count }, () => { const next = row(numbers, place); place += 7; return next; });
  const owners = rows(OWNERS), first = place, departments = rows(DEPARTMENTS);
  const whole = new Float64Array(7);
  for (let at = first; at < place; at += 7) for (let one = 0; one < 7; one++) whole[one] += numbers[at + one];
  return { stages, entries, promo, loss, back, total: { ...row(whole, 0), cycleMedian }, owners, departments };
}
