import { expect, test } from 'vitest';
import { duration } from '../../shared/duration.ts';

test.each([
  [0, '0 s', '0 秒'],
  [0.4, '0 s', '0 秒'],
  [-3, '0 s', '0 秒'],
  [59.6, '1 min', '1 分钟'],
  [250, '4 min 10 s', '4 分钟 10 秒'],
  [3600, '1 h', '1 小时'],
  [3605, '1 h', '1 小时'],
  [7500, '2 h 5 min', '2 小时 5 分钟'],
  [273_600, '3 d 4 h', '3 天 4 小时'],
])('%d seconds are "%s"', (seconds, en, zh) => {
  expect(duration(seconds)).toEqual({ en, zh });
});
