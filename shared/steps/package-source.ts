import { packageManagerOf } from '../systems.ts';
import { runtimeSources } from './content/packages.ts';
import { defineStep } from './definition.ts';

export const packageSource = defineStep({
  id: 'package-source',
  title: { en: 'Add the planned package sources and their keys', zh: '添加计划中的软件源及其密钥' },
  activity: { en: 'adding the package sources', zh: '添加软件源' },
  bootstrap: 'all',
  part: 'packages',
  installs: true,
  changes: ({ settings }, { arch, release }) => {
    const about = { kind: 'package-source' as const, manager: packageManagerOf(release), arch };
    return [
      { ...about, purpose: 'kubernetes', source: settings.kubernetes.packages },
      ...runtimeSources(settings, release).map((source) => ({ ...about, purpose: 'runtime' as const, source })),
    ];
  },
});
