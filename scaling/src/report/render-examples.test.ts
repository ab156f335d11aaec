import { renderCapacityTable, renderPredictionTable } from './render-examples.ts';
import { type Example, examples } from './worked-examples.ts';

/** Section 6 of the scaling model, cell by cell; not made by this code. */
const modelled = `
0 | 2 w, - | 2 w, - | 2 w, - | 2 w, - | 2 w, - | 2 w, -
300 | 2 w, 7 s | 2 w, 4 s | 2 w, 13 s | 2 w, 4 s | 2 w, 7 s | 2 w, 5 s
5,000 | 2 w, 57 s | 2 w, 29 s | 2 w, 178 s | 2 w, 15 s | 3 w, 24 s | 2 w, 20 s
10,000 | 2 w, 110 s | 2 w, 56 s | 2 w, 353 s X | 2 w, 26 s | 4 w, 32 s | 3 w, 26 s
200,000 | 2 w, 35 min X | 2 w, 18 min X | 2 w, 117 min X | 5 w, 214 s | 10 w, 425 s X | 30 w, 47 s
1,000,000 | 2 w, 2.9 h X | 2 w, 88 min X | 2 w, 9.7 h X | 10 w, 18 min X | 10 w, 35 min X | 70 w, 110 s X
50,000,000 | 2 w, 6.1 d X | 2 w, 3.0 d X | 2 w, 20.3 d X | 10 w, 14.6 h X | 10 w, 29.2 h X | 70 w, 88 min X`;

test('the worked examples are those of the model, cell by cell', () => {
  const rows = renderPredictionTable().split('\n').slice(2);
  expect(rows).toEqual(
    modelled
      .trim()
      .split('\n')
      .map((row) => `| ${row} |`),
  );
});

test('the mass channel is sized as in the model', () => {
  const table = renderCapacityTable(examples.at(-1) as Example);
  for (const row of [
    '| 0 | 2 | 1 | 0 | 7 | 400 x 1 | 1 / 512 MB | - | $154 |',
    '| 10,000 | 3 | 1 | 1 | 8 | 400 x 1 | 1 / 512 MB | 26 s | $159 |',
    '| 200,000 | 30 | 6 | 6 | 35 | 400 x 1 | 1 / 512 MB | 47 s | $182 |',
    '| 1,000,000 | 70 | 14 | 14 | 75 | 400 x 1 | 1 / 512 MB | 110 s | $353 |',
    '| 50,000,000 | 70 | 14 | 14 | 75 | 20000 x 50 | 1 / 1769 MB | 88 min | $401 |',
  ]) {
    expect(table).toContain(row);
  }
});
