import { hostFiles } from './content/files.ts';
import { kubeletEnvironment as variablesOf } from './content/kubelet-environment.ts';
import { defineStep } from './definition.ts';

export const kubeletEnvironment = defineStep({
  id: 'kubelet-environment',
  title: { en: 'Configure the kubelet’s environment', zh: '配置 kubelet 的环境变量' },
  activity: { en: 'configuring the kubelet', zh: '配置 kubelet' },
  bootstrap: 'all',
  part: 'prepare',
  changes({ settings }) {
    const variables = variablesOf(settings);
    if (Object.keys(variables).length === 0) return [];
    return [{ kind: 'file', path: hostFiles.kubeletEnvironment, edit: { type: 'variables', variables } }];
  },
});
