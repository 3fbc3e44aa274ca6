import { expect, test } from 'vitest';
import { apt } from '../../../shared/packages/apt.ts';

const signed = `signed-by=${apt.keyFile}`;

test('a source is bound to its key and to the host’s architecture', () => {
  expect(apt.sourceText(apt.repositories.aliyun(23), 'x64')).toBe(
    `deb [arch=amd64 ${signed}] https://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main\n`,
  );
});

test('a flat source has no components', () => {
  expect(apt.sourceText(apt.repositories.public(30), 'arm64')).toBe(
    `deb [arch=arm64 ${signed}] https://pkgs.k8s.io/core:/stable:/v1.30/deb/ /\n`,
  );
});

test('Aliyun has one repository for each minor version from 1.28', () => {
  expect(apt.repositories.aliyun(27).suite).toBe('kubernetes-xenial');
  expect(apt.repositories.aliyun(28).url).toContain('/v1.28/');
});
