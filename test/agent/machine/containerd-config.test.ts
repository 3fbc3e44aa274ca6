import { expect, test } from 'vitest';
import { readContainerdConfig } from '../../../agent/machine/containerd-config.ts';
import { fakeHost } from '../fake-host.ts';

const having = (config: string, files: Record<string, string> = {}) =>
  fakeHost({ files: { '/etc/containerd/config.toml': config, ...files } });
const cri = 'plugins."io.containerd.grpc.v1.cri"';
const runc = `${cri}.containerd.runtimes.runc`;

test.each([
  ['disabled_plugins = ["cri"]', { criDisabled: true, systemdCgroup: null, sandboxImage: null, version: null }],
  ['disabled_plugins = [\n  "io.containerd.grpc.v1.cri",\n]', { criDisabled: true }],
  ['# disabled_plugins = ["cri"]\n', { criDisabled: false }],
  [`version = 2\n[${runc}.options]\nSystemdCgroup = true`, { systemdCgroup: true, version: 2 }],
  [`version = 2\n[${cri}]\nsandbox_image = "k8s/pause:3.9"`, { sandboxImage: 'k8s/pause:3.9' }],
  ['[plugins.cri]\nsandbox_image = "k8s/pause:3.1"', { sandboxImage: 'k8s/pause:3.1', version: 1 }],
  [
    "version = 3\n[plugins.'io.containerd.cri.v1.images'.pinned_images]\nsandbox = 'k8s/pause:3.10'",
    { sandboxImage: 'k8s/pause:3.10', version: 3 },
  ],
  ['version = 2\n[grpc]\naddress = "/data/c.sock"', { socket: '/data/c.sock' }],
  [`version = 2\n[${cri}.containerd]\ndefault_runtime_name = "nvidia"`, { missingRuntime: 'nvidia' }],
  [
    `version = 2\n[${runc}.options]\nSystemdCgroup = true\n[${cri}.containerd.default_runtime]\nruntime_type = "io.containerd.runc.v2"`,
    { systemdCgroup: null },
  ],
  [
    `version = 2\n[${runc}.options]\nSystemdCgroup = true\n[${cri}.containerd.default_runtime]\nruntime_type = ""`,
    { systemdCgroup: true },
  ],
  ['\ufeffversion = 2\n', { version: 2, invalid: null }],
  [
    `version = 2\n[${cri}.registry]\nconfig_path = "/etc/containerd/certs.d"\n[${cri}.registry.mirrors.a]\nendpoint = ["b"]`,
    { twoRegistryStyles: true },
  ],
  ['version = ', { invalid: expect.stringMatching(/line 1/) }],
])('config.toml with %s', async (config, expected) => {
  expect(await readContainerdConfig(having(config))).toMatchObject(expected);
});

test('a missing config.toml is null', async () => {
  expect(await readContainerdConfig(fakeHost())).toBeNull();
});

test('imported files that change what muster sets are named', async () => {
  const folder = '/etc/containerd/conf.d';
  const nvidia = (driver: string) =>
    `version = 2\n[${cri}.containerd.runtimes.nvidia]\nruntime_type = "io.containerd.runc.v2"\n` +
    `[${cri}.containerd.runtimes.nvidia.options]\n${driver}`;
  const files = {
    [`${folder}/kata.toml`]: `version = 2\n[${cri}.containerd.runtimes.kata]\nruntime_type = "io.containerd.kata.v2"`,
    [`${folder}/nvidia.toml`]: nvidia('SystemdCgroup = true'),
    [`${folder}/old.toml`]: nvidia('BinaryName = "x"'),
    [`${folder}/pause.toml`]: `version = 2\n[${cri}]\nsandbox_image = "x"`,
    [`${folder}/pause.toml.bak`]: '[',
    [`${folder}/broken.toml`]: '[',
  };
  const config = await readContainerdConfig(having('imports = ["conf.d/*.toml"]', files));
  expect(config?.overruledBy).toEqual([`${folder}/old.toml`, `${folder}/pause.toml`]);
  expect(config?.invalidImports).toEqual([`${folder}/broken.toml`]);
  // containerd 1 would lose the section of config.toml.
  expect(config?.replacedBy).toEqual([`${folder}/kata.toml`, `${folder}/nvidia.toml`]);
});

test('files are also imported by imported ones, relative to these, and by patterns of folders', async () => {
  const driver = `version = 2\n[${runc}]\nruntime_type = "io.containerd.runc.v2"\n`;
  const files = {
    '/etc/containerd/main.toml': 'imports = ["site/*/driver-[0-9].toml", "main.toml", "missing/*.toml"]',
    // A pattern of Go also stands for a hidden file.
    '/etc/containerd/site/a/.driver.toml': driver,
    '/etc/containerd/site/a/driver-1.toml': driver,
    '/etc/containerd/site/b/driver-x.toml': driver,
    '/etc/containerd/site/b/driver-2.toml': 'imports = ["deep.toml"]',
    '/etc/containerd/site/b/deep.toml': `disabled_plugins = ["cri"]`,
  };
  const config = await readContainerdConfig(
    having('imports = ["/etc/containerd/main.toml", "site/a/driver-?.toml", "site/a/*.toml"]', files),
  );
  expect(config).toMatchObject({
    overruledBy: [
      '/etc/containerd/site/a/.driver.toml',
      '/etc/containerd/site/a/driver-1.toml',
      '/etc/containerd/site/b/deep.toml',
    ],
    replacedBy: [],
    // containerd expands only what has an asterisk.
    missingImports: ['/etc/containerd/site/a/driver-?.toml'],
  });
});

test('the unit of containerd’s own instructions is read, which precedes that of a package', async () => {
  const files = {
    '/usr/local/lib/systemd/system/containerd.service': '[Service]\nExecStart=/usr/local/bin/containerd -c /own.toml\n',
    '/usr/lib/systemd/system/containerd.service': '[Service]\nExecStart=/usr/bin/containerd\n',
  };
  expect((await readContainerdConfig(having('version = 2', files)))?.otherFile).toBe('/own.toml');
});

test.each([
  ['/usr/bin/containerd', null],
  ['/usr/bin/containerd --config /etc/containerd/config.toml', null],
  ['/usr/bin/containerd --config=/data/containerd.toml', '/data/containerd.toml'],
  ['/usr/bin/containerd -l debug -c "/data/containerd.toml"', '/data/containerd.toml'],
])('the unit’s command %s: another file %s', async (command, file) => {
  const drop = `[Service]\nExecStart=\nExecStart=${command}\n`;
  const files = {
    '/lib/systemd/system/containerd.service': '[Service]\nExecStart=/usr/bin/containerd --config /old.toml\n',
    '/etc/systemd/system/containerd.service.d/site.conf': drop,
  };
  expect((await readContainerdConfig(having('version = 2', files)))?.otherFile).toBe(file);
  expect((await readContainerdConfig(fakeHost({ files })))?.otherFile ?? null).toBe(file);
});
