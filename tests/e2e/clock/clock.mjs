// SPDX-License-Identifier: MPL-2.0
// The wall clock of a town and of the browsers before it: begins when a test says, goes on by itself, and is moved on by hours or weeks.
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export function openClock(folder, build, begins) {
  const name = join(folder, 'clock');
  const bytes = Buffer.alloc(8);
  writeFileSync(name, bytes);
  const file = openSync(name, 'r+'); // in place: those who have it mapped see it
  const clock = {
    ahead: 0,
    env: { LD_PRELOAD: join(build, 'tests/clock.so'), VICHE_TEST_CLOCK: name, ASAN_OPTIONS: 'verify_asan_link_order=0' },
    now: () => Date.now() + clock.ahead,
    /* to: "2026-11-23T10:00+02:00" */
    set(to) {
      clock.ahead = Date.parse(to) - Date.now();
      bytes.writeBigInt64LE(BigInt(clock.ahead));
      writeSync(file, bytes, 0, 8, 0);
    },
  };
  clock.set(begins);
  return clock;
}
