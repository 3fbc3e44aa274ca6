import { expect, test } from 'vitest';
import { table } from '../../../../coordinator/cli/terminal/table.ts';
import { widthOf } from '../../../../coordinator/cli/terminal/width.ts';

const rows = [
  ['HOST', 'STEP'],
  ['node01', 'Install and hold the runtime, kubeadm, kubelet and kubectl'],
  ['node02', '安装并锁定运行时、kubeadm、kubelet 和 kubectl'],
];

test('a row is not truncated without a terminal', () => {
  expect(table(rows)[1]).toBe('node01  Install and hold the runtime, kubeadm, kubelet and kubectl');
});

test('on a terminal no row is wider than the terminal, in any language', () => {
  const lines = table(rows, 30);
  expect(lines[1]).toBe('node01  Install and hold the …');
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(30);
});
