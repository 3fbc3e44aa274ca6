import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { mergeContainerdToml, parseConfig } from '../../../agent/machine/containerd-merge.ts';
import { mergeHostsToml, withoutBlock } from '../../../agent/machine/hosts-toml.ts';
import { definitionOf } from '../../../shared/steps/catalogue.ts';
import { containerdHostsToml, type RegistryStyle } from '../../../shared/steps/content/containerd.ts';
import { unknownHost } from '../../../shared/steps/definition.ts';
import { assignmentOf } from '../../shared/kubeadm/assignment.ts';
import { planOf } from '../../shared/plan/plan-text.ts';

const image = 'registry.k8s.io/pause:3.9';

/** What the step needs of config.toml. */
function neededWith(registryMirrors: Record<string, string[]> = {}, registryStyle: RegistryStyle = 'folder') {
  const assignment = assignmentOf('node01', { runtime: { name: 'containerd', registryMirrors } });
  const changes = definitionOf['runtime-config'].changes(assignment, { ...unknownHost, registryStyle });
  const [edit] = changes.flatMap((change) =>
    'edit' in change && change.edit.type === 'containerd-config' ? [change.edit] : [],
  );
  if (edit === undefined) throw new Error('no edit of config.toml');
  return edit;
}
const mirrors = { 'docker.io': ['https://plan.example'] };

/** Merges; a second merge must change nothing. */
function merge(current: string | null, needed = neededWith()): string {
  const { content, added } = mergeContainerdToml(current, needed);
  expect(mergeContainerdToml(content, needed, added)).toEqual({ content, added });
  return content;
}

/** Changed lines: removed ones, then added ones. */
function difference(before: string, after: string) {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))];
}

// biome-ignore lint/suspicious/noExplicitAny: read at paths that the tests name
const read = (text: string): any => parse(text);

test('only what Kubernetes needs is changed in a site’s file: case 64', () => {
  const site = readFileSync(new URL('../../cases/64-containerd-toml-replaced/config.toml', import.meta.url), 'utf8');
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  expect(difference(site, merge(site))).toEqual([
    [
      'disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.snapshotter.v1.zfs"]',
      '    sandbox_image = "registry.site.example/pause:3.6"   # mirrored',
    ],
    [
      'disabled_plugins = ["io.containerd.snapshotter.v1.zfs"]',
      `    sandbox_image = "${image}"   # mirrored`,
      '            SystemdCgroup = true',
      `[${cri}.containerd.runtimes.runc]`,
      '  runtime_type = "io.containerd.runc.v2"',
      `[${cri}.containerd.runtimes.runc.options]`,
      '  SystemdCgroup = true',
      `[${cri}.cni]`,
      '  bin_dir = "/opt/cni/bin"',
    ],
  ]);
});

describe('versions', () => {
  test('the file of containerd.io, which disables cri, becomes version 2 and keeps its comments', () => {
    const packaged =
      '#   Copyright 2018-2022 Docker Inc.\n\ndisabled_plugins = ["cri"]\n\n#root = "/var/lib/containerd"\n';
    const merged = merge(packaged);
    expect(read(merged)).toMatchObject({ version: 2, disabled_plugins: [] });
    expect(merged).toContain('#root = "/var/lib/containerd"\n');
  });

  test('version 1 is edited at its own places', () => {
    const merged = read(merge('[plugins.cri]\n  sandbox_image = "old"\n[plugins.linux]\n  shim_debug = true\n'));
    expect(merged).not.toHaveProperty('version');
    expect(merged.plugins).toEqual({
      linux: { shim_debug: true },
      cri: {
        sandbox_image: image,
        containerd: { runtimes: { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } } },
        // Debian 13's containerd would look in a folder of its own.
        cni: { bin_dir: '/opt/cni/bin' },
      },
    });
  });

  test('version 3 is edited at its own places', () => {
    const site = [
      'version = 3',
      "[plugins.'io.containerd.cri.v1.runtime'.cni]",
      "  bin_dirs = ['/usr/lib/cni']",
      "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]",
      "  runtime_type = 'io.containerd.runc.v2'",
      "[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]",
      '  SystemdCgroup = false',
    ].join('\n');
    const { plugins } = read(merge(site, neededWith(mirrors)));
    expect(plugins).toEqual({
      'io.containerd.cri.v1.images': {
        pinned_images: { sandbox: image },
        registry: { config_path: '/etc/containerd/certs.d' },
      },
      'io.containerd.cri.v1.runtime': {
        cni: { bin_dirs: ['/opt/cni/bin', '/usr/lib/cni'] },
        containerd: { runtimes: { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } } },
      },
    });
  });
});

describe('forms of TOML', () => {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';

  test.each([
    [
      'inline tables',
      `version = 2\n[${cri}.containerd]\nruntimes = { runc = { runtime_type = "io.containerd.runc.v2" } }\n`,
    ],
    ['dotted keys', `version = 2\n[plugins]\n"io.containerd.grpc.v1.cri".sandbox_image = "old"\n`],
    ['CRLF', `version = 2\r\n[${cri}]\r\n  sandbox_image = "old" # x\r\n`],
    ['an array over several lines', 'version = 2\ndisabled_plugins = [\n  "io.containerd.grpc.v1.cri", # off\n]\n'],
    ['literal keys', "version = 2\n[plugins.'io.containerd.grpc.v1.cri']\nsandbox_image = 'old'\n"],
    ['large integers and floats', 'version = 2\n[metrics]\nid = 9223372036854775807\nratio = 1.0\n'],
  ])('%s', (_, site) => {
    const merged = read(merge(site).replace('9223372036854775807', '7')).plugins['io.containerd.grpc.v1.cri'];
    expect(merged.sandbox_image).toBe(image);
    expect(merged.containerd.runtimes.runc.options.SystemdCgroup).toBe(true);
  });

  test('a byte order mark goes, because only some versions of containerd skip it', () => {
    expect(merge('\ufeffversion = 2\n').startsWith('version = 2\n')).toBe(true);
  });

  test('comments stay where lines can be edited', () => {
    expect(merge(`version = 2\n[${cri}] # ours\n  sandbox_image = "a # b" # pause\n`)).toContain(
      `[${cri}] # ours\n  sandbox_image = "${image}" # pause\n`,
    );
  });

  test('what is not TOML is refused with its line', () => {
    expect(() => merge('version = 2\n[plugins\n')).toThrow(
      expect.objectContaining({ code: 'containerd-config-invalid', message: expect.stringContaining('line 2:') }),
    );
  });
});

describe('settings of the CRI plugin', () => {
  const site = (text: string) => read(merge(`version = 2\n${text}`)).plugins['io.containerd.grpc.v1.cri'];
  const cri = 'plugins."io.containerd.grpc.v1.cri"';

  test('Debian’s CNI folder is replaced by the one that network plugins install to', () => {
    expect(site(`[${cri}.cni]\nbin_dir = "/usr/lib/cni"\nconf_dir = "/etc/cni/net.d"\n`).cni).toEqual({
      bin_dir: '/opt/cni/bin',
      conf_dir: '/etc/cni/net.d',
    });
  });

  test('a runtime that the kubelet cannot use with the systemd driver becomes runc’s', () => {
    const { runc } = site(`[${cri}.containerd.runtimes.runc]\nruntime_type = "io.containerd.runtime.v1.linux"\n`)
      .containerd.runtimes;
    expect(runc).toEqual({ runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } });
  });

  test('the default runtime of containerd before 2.0 gets the systemd driver too', () => {
    const { containerd } = site(
      `[${cri}.containerd.default_runtime]\nruntime_type = "io.containerd.runc.v2"\n` +
        `[${cri}.containerd.default_runtime.options]\nBinaryName = "nvidia-container-runtime"\n`,
    );
    expect(containerd.default_runtime.options).toEqual({ BinaryName: 'nvidia-container-runtime', SystemdCgroup: true });
  });

  test('a default runtime without a type, which containerd ignores, stays', () => {
    const text = `[${cri}.containerd.default_runtime]\nruntime_type = ""\n`;
    expect(site(text).containerd.default_runtime).toEqual({ runtime_type: '' });
  });

  test('the driver of containerd 1.2, which runc.v2 refuses, is unset', () => {
    expect(site(`[${cri}]\nsystemd_cgroup = true\n`).systemd_cgroup).toBe(false);
  });
});

describe('registries', () => {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  const registryOf = (text: string) => read(text).plugins['io.containerd.grpc.v1.cri'].registry;

  test('a file of the site gets a folder of registries only if the plan names one', () => {
    expect(registryOf(merge('version = 2\n'))).toBeUndefined();
    expect(registryOf(merge('version = 2\n', neededWith(mirrors)))).toEqual({ config_path: '/etc/containerd/certs.d' });
  });

  test('another folder of registries stays, after muster’s', () => {
    const site = `version = 2\n[${cri}.registry]\nconfig_path = "/data/certs.d"\n`;
    expect(registryOf(merge(site, neededWith(mirrors))).config_path).toBe('/etc/containerd/certs.d:/data/certs.d');
  });

  test('credentials stay, beside the folder', () => {
    const site = `version = 2\n[${cri}.registry.configs."r.example".auth]\nusername = "u"\n`;
    expect(registryOf(merge(site, neededWith(mirrors)))).toEqual({
      config_path: '/etc/containerd/certs.d',
      configs: { 'r.example': { auth: { username: 'u' } } },
    });
  });

  test.each([
    ['mirrors', `[${cri}.registry.mirrors."docker.io"]\nendpoint = ["https://site.example"]\n`],
    ['TLS settings', `[${cri}.registry.configs."r.example".tls]\ninsecure_skip_verify = true\n`],
  ])('%s in config.toml, which containerd refuses beside a folder, get the plan’s mirrors in the same style', (_, text) => {
    const registry = registryOf(merge(`version = 2\n${text}`, neededWith(mirrors)));
    expect(registry).not.toHaveProperty('config_path');
    expect(registry.mirrors['docker.io'].endpoint[0]).toBe('https://plan.example');
    expect(JSON.stringify(registry)).toMatch(/site\.example|insecure_skip_verify/);
  });

  test('a mirror that muster added is removed when the plan drops it, and none of the site', () => {
    const site = `version = 2\n[${cri}.registry.mirrors."docker.io"]\nendpoint = ["https://site.example"]\n`;
    const first = mergeContainerdToml(site, neededWith(mirrors));
    expect(first.added).toEqual({ 'docker.io': ['https://plan.example'] });
    const second = mergeContainerdToml(first.content, neededWith(), first.added);
    expect(registryOf(second.content).mirrors['docker.io'].endpoint).toEqual(['https://site.example']);
    const fresh = mergeContainerdToml(null, neededWith(mirrors, 'inline'));
    expect(fresh.added).toEqual({ 'docker.io': ['https://plan.example'] });
  });
});

describe('hosts.toml', () => {
  const runtime = { name: 'containerd', registryMirrors: { 'docker.io': ['https://plan.example'] } };
  const [planned] = containerdHostsToml(planOf({ runtime }).settings);
  const content = planned?.content ?? '';
  const site = 'server = "https://docker.io"\n\n[host."https://site.example"] # ours\n  ca = "/etc/site.pem"\n';

  test('of the site keeps its hosts, after the plan’s', () => {
    const merged = mergeHostsToml(site, content);
    expect(Object.keys(read(merged).host)).toEqual(['https://plan.example', 'https://site.example']);
    expect(mergeHostsToml(merged, content)).toBe(merged);
    expect(withoutBlock(merged)).toBe(site);
  });

  test('that lists the plan’s mirror itself stays as it is', () => {
    const own = site.replaceAll('site.example', 'plan.example');
    expect(mergeHostsToml(own, content)).toBe(own);
  });

  test('of muster is replaced', () => {
    expect(mergeHostsToml('# Written by muster.\n[host."https://old"]\n', content)).toBe(content);
    expect(mergeHostsToml(null, content)).toBe(content);
  });
});

test.each([
  ['version = "2"\n', 'version is not an integer'],
  ['version = 2\ndisabled_plugins = "cri"\n', 'disabled_plugins is not a list of strings'],
  ['version = 2\nimports = "/x"\n', 'imports is not a list of strings'],
  ['version = 2\nroot = 5\n', 'root is not a string'],
  ['version = 2\n[grpc]\naddress = 5\n', 'grpc.address is not a string'],
])('%j is refused, as containerd refuses it', (text, said) => {
  expect(() => parseConfig(text)).toThrow(said);
});
