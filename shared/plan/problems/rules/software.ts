import { defineErrors } from '../../../errors/definition.ts';

/** Rules of versions, package sources, the runtime and its mirrors. `seen`: the value read. */
export const softwareRules = defineErrors({
  'version-unsupported': {
    message: {
      en: '{seen} is not supported; Kubernetes {oldest} or later is required',
      zh: '不支持 {seen}；要求 Kubernetes {oldest} 或更高版本',
    },
  },
  'runtime-version-unsupported': {
    message: {
      en: '{name} {seen} cannot be used with Kubernetes {kubernetes}; required: {required}. {reason}',
      zh: '{name} {seen} 不能用于 Kubernetes {kubernetes}；要求：{required}。{reason}',
    },
  },
  'revision-of-other-source': {
    message: {
      en: 'the package source {source} has revisions such as {version}{example}, not {seen}; use {version}, which takes the newest one',
      zh: '软件源 {source} 的修订号形如 {version}{example}，没有 {seen}；请使用 {version}，即最新的修订',
    },
  },
  'package-url-other-minor': {
    message: {
      en: '{seen} is the repository of Kubernetes {found}, and {version} is planned; use {wanted}',
      zh: '{seen} 是 Kubernetes {found} 的软件源，而计划的版本为 {version}；请使用 {wanted}',
    },
  },
  'version-not-public': {
    message: {
      en: 'the public package source has no Kubernetes {version}, only {first} and later; use aliyun or your own source',
      zh: '公共软件源没有 Kubernetes {version}，只有 {first} 及更高版本；请使用 aliyun 或自己的软件源',
    },
  },

  'mirror-path-docker': {
    message: {
      en: 'docker does not start with a mirror that has a path; use the root of a host such as {root}, or containerd',
      zh: '镜像源带有路径时 docker 无法启动；请使用主机的根地址，例如 {root}，或使用 containerd',
    },
  },
  'mirror-registry-alias': {
    message: {
      en: '{registry} is an address of docker.io; images are named docker.io, so write docker.io here',
      zh: '{registry} 是 docker.io 的地址；镜像名称使用 docker.io，请在此填写 docker.io',
    },
  },
  'mirror-query': {
    message: {
      en: '{seen} has a query or fragment, which runtimes do not accept; remove it',
      zh: '{seen} 带有查询参数或片段，运行时不接受；请将其删除',
    },
  },
  'mirror-registry-invalid': {
    message: {
      en: 'the registry {registry} is invalid; required: host or host:port, such as docker.io',
      zh: '镜像仓库 {registry} 无效；要求：host 或 host:port，例如 docker.io',
    },
  },
  'mirror-not-docker-io': {
    message: {
      en: 'docker supports mirrors of {registry} only; remove this one, or use containerd',
      zh: 'docker 只支持 {registry} 的镜像源；请将其删除，或使用 containerd',
    },
  },
  'key-source-ambiguous': {
    message: { en: 'set either url or file', zh: '请设置 url 或 file 之一' },
  },
  'key-not-armoured': {
    message: {
      en: '{seen} is not an armoured OpenPGP key; create one with gpg --armor --export or gpg --enarmor',
      zh: '{seen} 不是 ASCII 封装的 OpenPGP 密钥；可用 gpg --armor --export 或 gpg --enarmor 生成',
    },
  },
  'cri-dockerd-not-archive': {
    message: {
      en: '{seen} is not a .tgz; use the URL of the release file cri-dockerd-VERSION.amd64.tgz',
      zh: '{seen} 不是 .tgz；请使用发行文件 cri-dockerd-VERSION.amd64.tgz 的 URL',
    },
  },
  'cri-dockerd-too-new': {
    message: {
      en: 'cri-dockerd {seen} needs docker {oldest} or newer, and runtime.version is {planned}; remove it: muster chooses the release',
      zh: 'cri-dockerd {seen} 需要 docker {oldest} 或更高版本，而 runtime.version 为 {planned}；请将其删除，由 muster 选择发行版本',
    },
  },
  'cri-dockerd-source-ambiguous': {
    message: {
      en: 'set only one of file, url and mirror, and version with mirror only',
      zh: 'file、url 和 mirror 只能设置一个，version 只能与 mirror 一起使用',
    },
  },
  'cri-dockerd-file-not-archive': {
    message: {
      en: '{seen} is not a .tgz of at most {most} MB; download the one of the release again',
      zh: '{seen} 不是不超过 {most} MB 的 .tgz；请重新下载该发行版本的文件',
    },
  },
  'cri-dockerd-file-mismatch': {
    message: {
      en: 'the SHA-256 of the file is {found}; download it again, or correct sha256',
      zh: '该文件的 SHA-256 为 {found}；请重新下载，或更正 sha256',
    },
  },
});
