import { runtimeUnits } from './content/services.ts';
import { defineStep } from './definition.ts';

export const runtime = defineStep({
  id: 'runtime',
  title: { en: 'Start the container runtime with that configuration', zh: '以该配置启动容器运行时' },
  activity: { en: 'starting the container runtime', zh: '启动容器运行时' },
  bootstrap: 'all',
  part: 'runtime',
  needs: ['packages'],
  installs: true,
  changes: ({ settings }) =>
    runtimeUnits(settings).map((name) => ({ kind: 'unit', name, start: 'always', restart: true })),
});
