import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApt } from '../../../../../agent/machine/packages/apt.ts';
import { apt as format } from '../../../../../shared/packages/apt.ts';
import { type FakeHostOptions, fakeHost } from '../../../fake-host.ts';

const own = {
  [format.files.kubernetes.sourceFile]: 'deb [arch=amd64] https://m/kubernetes/apt kubernetes-xenial main\n',
};
const updateLines = (name: string) =>
  readFileSync(new URL(`../../../../cases/${name}/log.txt`, import.meta.url), 'utf8').split('\n');

/** `update`: apt-get's output per attempt, with exit code 100; none left: it succeeds. */
async function refresh(options: FakeHostOptions, ...update: string[][]) {
  const indextargets = options.programs?.['apt-get'] ?? (() => '');
  const host = fakeHost({ ...options, files: { ...own, ...options.files }, programs: { 'apt-get': indextargets } });
  const said: string[] = [];
  const updates: (readonly string[])[] = [];
  const apt = createApt(host);
  const done = apt.refresh({
    say: (line) => said.push(line.en),
    sleep: (ms) => host.sleep(ms),
    files: host,
    proxy: {},
    async runLong(_, args) {
      updates.push(args);
      const tail = update.shift();
      return { exitCode: tail === undefined ? 0 : 100, tail: tail ?? [] };
    },
  });
  return { host, apt, said, updates, done };
}

describe('a repository of others that fails', () => {
  it.each([
    ['03-apt-dead-other-repo', 'deb https://apt.kubernetes.io kubernetes-xenial main\n'],
    ['03-apt-dead-other-repo', 'deb [arch=amd64] https://apt.kubernetes.io/ kubernetes-xenial main # k8s\n'],
    ['04-apt-ppa-gone', 'deb http://ppa.example.net/someone/tool/ubuntu/ jammy main\n'],
  ])('is a warning with file and line: case %s, %s', async (name, text) => {
    const path = '/etc/apt/sources.list.d/other.list';
    const { apt, said, updates, done } = await refresh({ files: { [path]: `# other\n${text}` } }, updateLines(name));
    await done;
    expect(updates).toHaveLength(1);
    expect(said).toEqual([expect.stringContaining(`${path}:2 `)]);
    expect(await apt.brokenSources()).toMatchObject([{ path, first: 2, last: 2 }]);
  });

  it('is a warning if apt no longer supports its method', async () => {
    const path = '/etc/apt/sources.list.d/other.list';
    const failure = [
      "E: The method 'ftp' is unsupported and disabled by default. Consider switching to http(s).",
      'E: Failed to fetch ftp://ftp.example.net/debian/dists/x/InRelease  ',
      'E: Some index files failed to download. They have been ignored, or old ones used instead.',
    ];
    const files = { [path]: 'deb ftp://ftp.example.net/debian x main\n' };
    const { said, done } = await refresh({ files }, failure, failure);
    await done;
    expect(said).toContainEqual(expect.stringContaining(`${path}:1 `));
  });

  it('is no longer reported once its entry is edited', async () => {
    const path = '/etc/apt/sources.list.d/other.list';
    const files = { [path]: 'deb https://apt.kubernetes.io kubernetes-xenial main\n' };
    const { host, apt, done } = await refresh({ files }, updateLines('03-apt-dead-other-repo'));
    await done;
    await host.writeFile(path, '# deb https://apt.kubernetes.io kubernetes-xenial main\n');
    expect(await apt.brokenSources()).toEqual([]);
  });

  it('is tried once more if the failure may pass', async () => {
    const files = { '/etc/apt/sources.list': 'deb http://m/debian bookworm main\n' };
    const failure = ['E: Failed to fetch http://m/debian/dists/bookworm/main/Packages.gz  Hash Sum mismatch'];
    const { updates, done } = await refresh({ files }, failure, failure, failure);
    await done;
    expect(updates).toHaveLength(2);
  });
});

it('fails if a planned repository does, which is named first', async () => {
  const gone = "E: The repository 'https://m/kubernetes/apt kubernetes-xenial Release' does not have a Release file.";
  const other = "E: The repository 'https://apt.kubernetes.io kubernetes-xenial Release' does not have a Release file.";
  const files = { '/etc/apt/sources.list': 'deb https://apt.kubernetes.io kubernetes-xenial main\n' };
  const { updates, done } = await refresh({ files }, ...Array.from({ length: 5 }, () => [gone, other]));
  await expect(done).rejects.toMatchObject({ code: 'package-source-failed', params: { reason: gone } });
  expect(updates).toHaveLength(5);
});

it('sees a planned repository that cannot be reached beside an error of others', async () => {
  const lines = [
    'Err:1 https://m/kubernetes/apt kubernetes-xenial InRelease',
    '  Could not connect to m:443',
    "E: The repository 'https://apt.kubernetes.io kubernetes-xenial Release' does not have a Release file.",
  ];
  const files = { '/etc/apt/sources.list': 'deb https://apt.kubernetes.io kubernetes-xenial main\n' };
  const { updates, done } = await refresh({ files }, lines);
  await done;
  expect(updates).toHaveLength(2);
});

it('leaves out entries that apt cannot read, on the same lines, in a copy', async () => {
  const path = '/etc/apt/sources.list.d/bad.list';
  const cdrom = 'deb cdrom:[Debian 12]/ bookworm main';
  const stderr = `E: Malformed entry 2 in list file ${path} (Suite)\nE: The list of sources could not be read.`;
  const { host, said, updates, done } = await refresh({
    files: { '/etc/apt/sources.list': `${cdrom}\n`, [path]: '# mine\ndeb http://x\ndeb http://y b main\n' },
    programs: {
      'apt-get': () =>
        host.content('/run/muster-agent/apt/sources.list.d/bad.list').includes('\ndeb http://x\n')
          ? { exitCode: 100, stderr }
          : '',
    },
  });
  await done;
  expect(said.map((line) => line.split(' ')[1])).toEqual(['/etc/apt/sources.list:1', `${path}:2`]);
  expect(host.content('/run/muster-agent/apt/sources.list')).toBe(`# muster: ${cdrom}\n`);
  expect(host.content('/run/muster-agent/apt/sources.list.d/bad.list')).toBe(
    '# mine\n# muster: deb http://x\ndeb http://y b main\n',
  );
  expect(updates[0]).toEqual(expect.arrayContaining(['-c', '/run/muster-agent/apt/apt.conf']));
  expect(host.content(path)).toContain('\ndeb http://x\n');
});

it('asks caches on the way for new indexes after the old ones were deleted', async () => {
  const bypass = 'Acquire::http::No-Cache=true';
  const [empty, full] = [await refresh({}), await refresh({ files: { '/var/lib/apt/lists/m_Packages': '' } })];
  await Promise.all([empty.done, full.done]);
  expect(empty.updates[0]).toContain(bypass);
  expect(full.updates[0]).not.toContain(bypass);
});
