import { defineStep } from './definition.ts';

export const packageSource = defineStep({
  id: 'package-source',
  title: { en: 'Add the Kubernetes package source and its key', zh: '添加 Kubernetes 软件源及其密钥' },
  activity: { en: 'adding the package source', zh: '添加软件源' },
  bootstrap: 'all',
  part: 'packages',
  installs: true,
  changes: ({ settings }, { arch }) => [{ kind: 'package-source', source: settings.kubernetes.packages, arch }],
});
