import { describe, expect, test } from 'vitest';
import { apt } from '../../../shared/packages/apt.ts';

const signed = `signed-by=${apt.files.kubernetes.keyFile}`;

test('a source is bound to its key and to the host’s architecture', () => {
  expect(apt.sourceText(apt.repositories.aliyun(23), 'x64', 'kubernetes')).toBe(
    `deb [arch=amd64 ${signed}] https://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main\n`,
  );
});

test('a flat source has no components', () => {
  expect(apt.sourceText(apt.repositories.public(30), 'arm64', 'kubernetes')).toBe(
    `deb [arch=arm64 ${signed}] https://pkgs.k8s.io/core:/stable:/v1.30/deb/ /\n`,
  );
});

test('Aliyun has one repository for each minor version from 1.28', () => {
  expect(apt.repositories.aliyun(27).suite).toBe('kubernetes-xenial');
  expect(apt.repositories.aliyun(28).url).toContain('/v1.28/');
});

describe('the runtime’s repository', () => {
  const ubuntu = { id: 'ubuntu', codename: 'jammy' };
  const mirror = (url: string) => ({ url, suite: null, components: [], key: null });

  test.each([
    [apt.runtimeMirrors.docker, 'https://download.docker.com/linux/ubuntu'],
    [apt.runtimeMirrors.aliyun, 'https://mirrors.aliyun.com/docker-ce/linux/ubuntu'],
    ['https://mirror.example/docker-ce/', 'https://mirror.example/docker-ce/linux/ubuntu'],
    ['https://mirror.example/docker-ce/linux/debian/', 'https://mirror.example/docker-ce/linux/ubuntu'],
    ['https://mirrors.tuna.tsinghua.edu.cn/docker-ce', 'https://mirrors.tuna.tsinghua.edu.cn/docker-ce/linux/ubuntu'],
    ['https://mirrors.ustc.edu.cn/docker-ce/linux', 'https://mirrors.ustc.edu.cn/docker-ce/linux/ubuntu'],
  ])('below %s belongs to the host’s distribution and release', (url, below) => {
    expect(apt.runtimeRepository(mirror(url), ubuntu)).toEqual({
      ...{ url: below, suite: 'jammy', components: ['stable'], key: { url: `${below}/gpg` } },
    });
  });

  test('with a suite is used as it is', () => {
    const source = { url: 'https://m/deb', suite: 'x', components: ['main'], key: { url: 'https://m/k' } };
    expect(apt.runtimeRepository(source, ubuntu)).toEqual(source);
  });

  test('has a list and a key of its own', () => {
    const source = apt.runtimeRepository(mirror('https://m'), ubuntu);
    expect(apt.sourceText(source, 'x64', 'runtime')).toBe(
      'deb [arch=amd64 signed-by=/etc/apt/keyrings/muster-runtime.asc] https://m/linux/ubuntu jammy stable\n',
    );
  });
});
