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

// Where each part of the numbers begins; see numbers.rs.
const TABLES = STAGES * 6, TABLE = MONTHS * STAGES, CYCLE = TABLES + 4 * TABLE, ROWS = CYCLE + 1;

const row = (numbers, place) => {
  const open = numbers[place], won = numbers[place + 3], wonAmount = numbers[place + 4], lost = numbers[place + 5];
  const winRate = won + lost ? won / (won + lost) : 0, avgWon = won ? wonAmount / won : 0, cycleMean = won ? numbers[place + 6] / won : 0;
  const velocity = cycleMean ? open * winRate * avgWon / cycleMean : 0;
  return {
    open, openAmount: numbers[place + 1], weighted: numbers[place + 2] / 100, won, wonAmount, lost, winRate, avgWon, cycleMean, velocity,
  };
};

export async function recompute({ owner, department, source, from, to }) {
  const numbers = sums(owner, department, source, from, to), stages = [], owners = [], departments = [], whole = new Float64Array(7);
  for (let stage = 0; stage < STAGES; stage++) {
    let entries = 0, promotions = 0, losses = 0, regressions = 0;
    for (let place = TABLES + stage; place < TABLES + TABLE; place += STAGES) {
      entries += numbers[place];
      promotions += numbers[place + TABLE];
      losses += numbers[place + 2 * TABLE];
      regressions += numbers[place + 3 * TABLE];
    }
    const place = stage * 6, stays = numbers[place + 3], left = promotions + losses + regressions;
    stages.push({
      count: numbers[place], amount: numbers[place + 1], weighted: numbers[place + 2] / 100, entries, promotions, losses, regressions,
      conversion: left ? promotions / left : 0, durationMean: stays ? numbers[place + 4] / stays : 0, durationMedian: numbers[place + 5],
    });
  }
  for (let owner = 0; owner < OWNERS; owner++) owners.push(row(numbers, ROWS + owner * 7));
  for (let department = 0; department < DEPARTMENTS; department++) {
    const place = ROWS + (OWNERS + department) * 7;
    departments.push(row(numbers, place));
    for (let one = 0; one < 7; one++) whole[one] += numbers[place + one];
  }
  const table = kind => numbers.subarray(TABLES + kind * TABLE, TABLES + (kind + 1) * TABLE);
  const total = row(whole, 0);
  total.cycleMedian = numbers[CYCLE];
  return { stages, entries: table(0), promo: table(1), loss: table(2), back: table(3), total, owners, departments };
}
