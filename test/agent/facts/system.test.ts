import { expect, test } from 'vitest';
import { relevantDisks } from '../../../agent/facts/system.ts';

test('lists the disks of /, /var/lib and /etc, each once', () => {
  const disk = (mount: string) => ({ mount, sizeBytes: 1, freeBytes: 1 });
  expect(relevantDisks(['/boot', '/', '/var', '/home'].map(disk)).map(({ mount }) => mount)).toEqual(['/', '/var']);
  expect(relevantDisks([disk('/'), disk('/variable')]).map(({ mount }) => mount)).toEqual(['/']);
});
