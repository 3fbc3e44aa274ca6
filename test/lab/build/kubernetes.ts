import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { kubernetesVersion, labPaths } from '../layout.ts';
import type { Debian } from './debian.ts';
import type { Part } from './part.ts';

/** The real Kubernetes, from Debian 12's own source package with Debian's Go. */

const components = [
  'kubeadm',
  'kubectl',
  'kube-proxy',
  'kube-scheduler',
  'kube-controller-manager',
  'kube-apiserver',
  'kubelet',
];
const root = 'k8s.io/kubernetes';
const reflect2 = 'github.com/modern-go/reflect2';

const [major, minor] = kubernetesVersion.split('.');
const versionFlags = [
  ['component-base/version.gitVersion', `v${kubernetesVersion}`],
  ['component-base/version.gitMajor', major],
  ['component-base/version.gitMinor', minor],
  ['client-go/pkg/version.gitVersion', `v${kubernetesVersion}`],
].map(([name, value]) => `-X ${root}/vendor/k8s.io/${name}=${value}`);
const ldflags = ['-s', '-w', ...versionFlags].join(' ');
/** The kubelet needs cgo: with a libc of its own it runs on hosts older than this machine, too. */
const staticFlags = '-extldflags=-static';

// GOPATH mode, as Debian builds it: module mode refuses the old go.mod.
const gopath = `${labPaths.cache}/gopath`;
const folder = `${gopath}/src/${root}`;
const go = '/usr/lib/go-1.19/bin/go';

function goEnv(cgo: boolean): Record<string, string> {
  const cache = `${labPaths.cache}/gocache`;
  return { GOPATH: gopath, GOCACHE: cache, GO111MODULE: 'off', GOFLAGS: '', CGO_ENABLED: cgo ? '1' : '0' };
}

async function unpack(debian: Debian): Promise<void> {
  const downloads = labPaths.source;
  await rm(downloads, { recursive: true, force: true });
  await debian.source('kubernetes', downloads);
  await debian.download(['golang-github-modern-go-reflect2-dev'], downloads);
  const files = await readdir(downloads);
  const fileLike = (pattern: RegExp) => `${downloads}/${files.find((file) => pattern.test(file))}`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await execa('tar', ['-xzf', fileLike(/^kubernetes_.*\.orig\.tar\.gz$/), '-C', folder, '--strip-components=1']);

  // The vendored reflect2 predates Go 1.18 and crashes under it: take Debian's newer copy of the same library.
  const newer = `${downloads}/reflect2`;
  await execa('dpkg', ['-x', fileLike(/reflect2.*\.deb$/), newer]);
  await rm(`${folder}/vendor/${reflect2}`, { recursive: true, force: true });
  await cp(`${newer}/usr/share/gocode/src/${reflect2}`, `${folder}/vendor/${reflect2}`, { recursive: true });
}

/** The packages for which OpenAPI definitions are generated, by their import paths, with commas in between. */
export function openApiPackages(files: readonly string[]): string {
  const wanted = files.filter((file) => !/_test\.go|testdata|code-generator|sample-/.test(file));
  const packages = new Set(wanted.map((file) => path.dirname(file)));
  const imports = [...packages].map((one) =>
    one.replace(/^staging\/src\//, `${root}/vendor/`).replace(/^pkg(?=\/|$)/, `${root}/pkg`),
  );
  return imports.sort().join(',');
}

/** The source package leaves out the generated OpenAPI definitions that kube-apiserver needs. */
async function generateOpenApi(): Promise<void> {
  const generator = `${labPaths.cache}/openapi-gen`;
  const here = { cwd: folder, env: { ...goEnv(false), PATH: `${path.dirname(go)}:${process.env.PATH}` } };
  await execa(go, ['build', '-o', generator, './vendor/k8s.io/kube-openapi/cmd/openapi-gen'], here);
  const marked = ['-rlE', '^// *\\+k8s:openapi-gen=', '--include=*.go', 'staging/src', 'pkg'];
  const inputs = openApiPackages((await execa('grep', marked, here)).stdout.split('\n'));
  const target = ['-O', 'zz_generated.openapi', '-p', `${root}/pkg/generated/openapi`];
  const header = ['--go-header-file', 'hack/boilerplate/boilerplate.generatego.txt'];
  await execa(generator, ['-i', inputs, ...target, ...header, '-r', '/dev/null'], here);
  const generated = `${folder}/pkg/generated/openapi/zz_generated.openapi.go`;
  const text = await readFile(generated, 'utf8');
  await writeFile(generated, text.replaceAll(`"${root}/vendor/`, '"'));
}

export const kubernetesPart = (debian: Debian): Part => ({
  name: 'kubernetes',
  title: `Building Kubernetes ${kubernetesVersion}`,
  usual: '6 to 9 min',
  inputs: async () => [kubernetesVersion, components, ldflags, staticFlags],
  outputs: [...components, 'pause'].map((name) => `${labPaths.bin}/${name}`),
  async build(say) {
    say('fetching the source');
    await unpack(debian);
    say('generating the OpenAPI definitions');
    await generateOpenApi();
    await mkdir(labPaths.bin, { recursive: true });
    for (const [index, name] of components.entries()) {
      say(`${name}, ${index + 1} of ${components.length}`);
      const cgo = name === 'kubelet';
      const flags = cgo ? `${ldflags} ${staticFlags}` : ldflags;
      const args = ['build', '-ldflags', flags, '-o', `${labPaths.bin}/${name}`, `${root}/cmd/${name}`];
      await execa(go, args, { cwd: folder, env: goEnv(cgo) });
    }
    await execa('gcc', ['-Os', '-static', '-o', `${labPaths.bin}/pause`, `${folder}/build/pause/linux/pause.c`]);
  },
});
