import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApt } from '../../../../../agent/machine/packages/apt.ts';
import { apt as format } from '../../../../../shared/packages/apt.ts';
import type { PackageSource } from '../../../../../shared/plan/schema.ts';
import { fakeHost } from '../../../fake-host.ts';

const folder = '/etc/apt/sources.list.d';
const on = (files: Record<string, string>, indextargets = { exitCode: 0, stderr: '' }) =>
  createApt(fakeHost({ files, programs: { 'apt-get': () => indextargets } }));
const aliyun = {
  url: 'https://mirrors.aliyun.com/kubernetes/apt',
  suite: 'kubernetes-xenial',
  components: ['main'],
  key: { url: '' },
};
const flat = { url: 'https://pkgs.k8s.io/core:/stable:/v1.30/deb/', suite: '/', components: [], key: { url: '' } };
const caseFile = (path: string) => readFileSync(new URL(`../../../../cases/${path}`, import.meta.url), 'utf8');

const without = async (text: string, source: PackageSource = aliyun, name = 'k.list') =>
  (await on({ [`${folder}/${name}`]: text }).otherSources(source))[0]?.without ?? null;

describe('the planned repository in another file', () => {
  it.each(['kubernetes.list', 'trusted.list', 'zz-k8s.list'])('is commented out: case 60, %s', async (name) => {
    const text = caseFile(`60-apt-http-signed-by/${name}`);
    expect(await without(text)).toBe(`# muster: ${text}`);
  });

  it('is commented out when its URI continues on the next line: case 60, folded.sources', async () => {
    const text = caseFile('60-apt-http-signed-by/folded.sources');
    const lines = text.trimEnd().split('\n');
    expect(await without(text, aliyun, 'folded.sources')).toBe(lines.map((line) => `# muster: ${line}\n`).join(''));
  });

  it.each([
    'deb\t[ arch=amd64  signed-by=/k.gpg ]\t"http://mirrors.aliyun.com/kubernetes/apt/"  kubernetes-xenial main # k8s',
    '  deb-src http://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main',
    'deb https://me:pw@mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main',
    'deb https://mirrors.aliyun.com:443/kubernetes%2Fapt kubernetes-xenial main',
    'deb HTTPS://Mirrors.Aliyun.com//kubernetes/apt kubernetes-xenial main\r',
    'deb mirror+http://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main contrib',
  ])('is found as apt reads it: %s', async (line) => {
    expect(await without(`${line}\n`)).toBe(`# muster: ${line}\n`);
  });

  it.each([
    ['deb https://pkgs.k8s.io/core:/stable:/v1.30/ deb/'],
    ['deb https://pkgs.k8s.io/core:/stable:/v1.30/deb ./'],
    ['deb [signed-by=/k] http://pkgs.k8s.io/core%3A/stable%3A/v1.30/deb /'],
  ])('is found in a flat repository: %s', async (line) => {
    expect(await without(`${line}\n`, flat)).toBe(`# muster: ${line}\n`);
  });

  it.each([
    'deb https://mirrors.aliyun.com/kubernetes/apt kubernetes-focal main',
    'deb https://mirrors.aliyun.com/debian bookworm main',
    '# deb https://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main',
    'deb https://mirrors.aliyun.com:8443/kubernetes/apt kubernetes-xenial main',
  ])('is not what is in: %s', async (line) => {
    expect(await without(`${line}\n`)).toBeNull();
  });

  it('is taken out of a stanza that also names others', async () => {
    const text =
      'Types: deb\nURIs: http://a/debian https://mirrors.aliyun.com/kubernetes/apt\nSuites: kubernetes-xenial\n';
    expect(await without(text, aliyun, 'k.sources')).toBe(
      'Types: deb\nURIs: http://a/debian\nSuites: kubernetes-xenial\n',
    );
  });

  it('leaves all other combinations of URIs and suites of its stanza', async () => {
    const text =
      'types: deb\nURIs: http://a/d\n https://mirrors.aliyun.com/kubernetes/apt\nsuites: x kubernetes-xenial\n';
    expect(await without(text, aliyun, 'k.sources')).toBe(
      'types: deb\nURIs: http://a/d\nsuites: x kubernetes-xenial\n\n' +
        'types: deb\nURIs: https://mirrors.aliyun.com/kubernetes/apt\nSuites: x\n',
    );
  });

  it.each([
    'Enabled: no',
    'enabled: false',
    'Enabled: 0',
    'Enabled: 00',
  ])('is not in a stanza with %s', async (line) => {
    const text = `${line}\nTypes: deb\nURIs: ${aliyun.url}\nSuites: kubernetes-xenial\nComponents: main\n`;
    expect(await without(text, aliyun, 'k.sources')).toBeNull();
  });

  it('is not looked for in files that apt does not read, nor in muster’s own', async () => {
    const text = 'deb https://mirrors.aliyun.com/kubernetes/apt kubernetes-xenial main\n';
    const names = ['k.list.save', 'k.list.distUpgrade', 'k.LIST', 'k 8.list', 'k+8.list', '.k.list'].map(
      (one) => `${folder}/${one}`,
    );
    const apt = on(Object.fromEntries([...names, format.files.kubernetes.sourceFile].map((path) => [path, text])));
    expect(await apt.otherSources(aliyun)).toEqual([]);
  });
});

it('lists entries for Kubernetes, in lines and in stanzas', async () => {
  const apt = on({
    '/etc/apt/sources.list': 'deb http://mirror/debian bookworm main\n',
    [`${folder}/a.list`]: '# Kubernetes\ndeb https://pkgs.k8s.io/core:/stable:/v1.30/deb/ /\n',
    [`${folder}/k.sources`]:
      'Types: deb\nURIs: http://m/debian\nSuites: x\n\nTypes: deb\nURIs: http://m/kubernetes\nSuites: x\n',
    [format.files.kubernetes.sourceFile]: 'deb http://mirror/kubernetes x main\n',
  });
  expect(await apt.kubernetesSources()).toEqual([
    { path: `${folder}/a.list`, first: 2, last: 2 },
    { path: `${folder}/k.sources`, first: 5, last: 7 },
  ]);
});

describe('a broken entry', () => {
  it('is a CD-ROM: case 06', async () => {
    const apt = on({ '/etc/apt/sources.list': caseFile('06-apt-cdrom/sources.list') });
    expect(await apt.brokenSources()).toMatchObject([{ path: '/etc/apt/sources.list', first: 1, last: 1 }]);
  });

  it.each([
    ['Malformed entry 2 in list file /etc/apt/sources.list.d/bad.list (Suite)', 'bad.list', 2, 2],
    ["Type 'dbe' is not known on line 2 in source list /etc/apt/sources.list.d/bad.list", 'bad.list', 2, 2],
    ['Malformed line 2 in source list /etc/apt/sources.list.d/bad.list (type)', 'bad.list', 2, 2],
    ['Malformed entry 2 in sources file /etc/apt/sources.list.d/bad.sources (URI)', 'bad.sources', 6, 8],
    ['Malformed stanza 2 in source list /etc/apt/sources.list.d/bad.sources (type)', 'bad.sources', 6, 8],
    ["Type 'x' is not known on stanza 2 in source list /etc/apt/sources.list.d/bad.sources", 'bad.sources', 6, 8],
    ['Unable to parse package file /etc/apt/sources.list.d/bad.sources (1)', 'bad.sources', 1, 8],
    ['Conflicting values set for option Signed-By regarding source http://d/x/ s: /a != /b', 'two.list', 1, 1],
    ['Conflicting values set for option Trusted regarding source http://d/x/ s', 'two.list', 1, 1],
  ])('is where apt says: %s', async (said, name, first, last) => {
    const files = {
      [`${folder}/bad.list`]: '# comment\ndeb x\n',
      [`${folder}/bad.sources`]: '\nEnabled: no\nTypes: deb\nURIs: http://y\n\n# comment\nTypes: x\nURIs: http://x\n',
      [`${folder}/one.list`]: 'deb [signed-by=/a] https://d/x s main\n',
      [`${folder}/two.list`]: 'deb [signed-by=/b] http://d/x s main\n',
    };
    const stderr = `E: ${said}\nE: The list of sources could not be read.`;
    const found = await on(files, { exitCode: 100, stderr }).brokenSources();
    expect(found).toMatchObject([{ path: `${folder}/${name}`, first, last, reason: said }]);
  });
});
