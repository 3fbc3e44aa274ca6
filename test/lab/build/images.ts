import { readdir } from 'node:fs/promises';
import { execa } from 'execa';
import { imageRepository, kubernetesVersion, labPaths } from '../layout.ts';
import { inLab } from '../network.ts';
import { type Image, packImage } from './archive.ts';
import { debianArchitecture } from './packages.ts';
import { type Part, textsOf } from './part.ts';
import { replaceFolder } from './repository.ts';

const { bin, files, tools } = labPaths;
const own = ['lab-cni', 'lab-web'] as const;

const links = (folder: string, target: string, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${folder}/${name}`, target]));

const controlPlane = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => ({
  name: `${name}:v${kubernetesVersion}`,
  files: { [`/usr/local/bin/${name}`]: `${bin}/${name}` },
}));

const xtables = ['iptables', 'ip6tables'].flatMap((name) => [name, `${name}-save`, `${name}-restore`]);

/** The images of a cluster; the tags are those that kubeadm asks for. */
const images = (multiarch: string): readonly Image[] => [
  ...controlPlane,
  {
    name: `kube-proxy:v${kubernetesVersion}`,
    files: {
      '/usr/local/bin/kube-proxy': `${bin}/kube-proxy`,
      '/usr/sbin/xtables-legacy-multi': '/usr/sbin/xtables-legacy-multi',
      [`/usr/lib/${multiarch}/xtables`]: `/usr/lib/${multiarch}/xtables`,
      '/usr/sbin/conntrack': '/usr/sbin/conntrack',
      '/bin/kmod': '/bin/kmod',
    },
    links: links('/usr/sbin', 'xtables-legacy-multi', xtables),
  },
  {
    name: 'etcd:3.4.13-0',
    files: {
      '/usr/local/bin/etcd': `${tools}/usr/bin/etcd`,
      '/usr/local/bin/etcdctl': `${tools}/usr/bin/etcdctl`,
      '/bin/sh': '/bin/dash',
    },
  },
  { name: 'pause:3.2', files: { '/pause': `${bin}/pause` }, entrypoint: ['/pause'] },
  // Debian has no coredns: its pods run and never turn Ready.
  { name: 'coredns:1.7.0', files: { '/pause': `${bin}/pause` }, entrypoint: ['/pause'] },
  {
    name: 'lab-cni:v1',
    files: {
      '/bin/busybox': '/bin/busybox',
      '/usr/local/bin/kubectl': `${bin}/kubectl`,
      '/usr/local/bin/lab-cni': `${files}/lab-cni`,
    },
    links: links('/bin', 'busybox', ['grep', 'ip', 'mv', 'sh', 'sleep']),
    entrypoint: ['/usr/local/bin/lab-cni'],
  },
  {
    name: 'lab-web:v1',
    // The real wget: that of a static busybox needs the libraries of its own build to look up names.
    files: {
      '/bin/busybox': '/bin/busybox',
      '/usr/bin/wget': '/usr/bin/wget',
      '/usr/local/bin/lab-web': `${files}/lab-web`,
    },
    links: links('/bin', 'busybox', ['sh', 'cat', 'hostname', 'httpd', 'mkdir']),
    entrypoint: ['/usr/local/bin/lab-web'],
  },
];

const fileOf = (image: Pick<Image, 'name'>) => `${image.name.replace(':', '_')}.tar`;

export const imagesPart = (kubernetes: Part, toolsOf: Part): Part => ({
  name: 'images',
  title: 'Packing the container images',
  usual: '30 s',
  inputs: async () => [
    await kubernetes.inputs(),
    await toolsOf.inputs(),
    await textsOf(import.meta.filename, `${import.meta.dirname}/archive.ts`, ...own.map((name) => `${files}/${name}`)),
  ],
  outputs: [labPaths.images],
  build: (say) =>
    replaceFolder(labPaths.images, async (folder) => {
      const architecture = await debianArchitecture();
      const multiarch = (await execa('gcc', ['-print-multiarch'])).stdout;
      for (const image of images(multiarch)) {
        say(image.name);
        await packImage(image, imageRepository, architecture, `${folder}/${fileOf(image)}`);
      }
    }),
});

/** Needs the registry to run. */
export const pushPart = (packed: Part): Part => ({
  name: 'push',
  title: 'Pushing the images to the lab’s registry',
  usual: '40 s',
  inputs: () => packed.inputs(),
  outputs: [`${labPaths.registry}/docker/registry/v2/repositories/${imageRepository.split('/')[1]}`],
  async build(say) {
    for (const file of await readdir(labPaths.images)) {
      const [name, tag] = file.replace(/\.tar$/, '').split('_');
      say(`${name}:${tag}`);
      const target = `docker://${imageRepository}/${name}:${tag}`;
      const copy = ['skopeo', 'copy', '--quiet', '--dest-tls-verify=false'];
      await execa('ip', inLab([...copy, `docker-archive:${labPaths.images}/${file}`, target]));
    }
  },
});
