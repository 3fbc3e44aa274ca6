import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

/** The kubelet's required values. */
const wanted = { 'vm.overcommit_memory': '1', 'kernel.panic': '10', 'kernel.panic_on_oops': '1' };

export const kernelDefaults: Check = {
  id: 'kernel-defaults',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: { en: 'Only if the plan sets protectKernelDefaults.', zh: '仅当计划设置 protectKernelDefaults 时检查。' },
  title: { en: 'Kernel parameters match protectKernelDefaults', zh: '内核参数符合 protectKernelDefaults 的要求' },
  reason: {
    en: 'With protectKernelDefaults the kubelet sets no parameters and exits if a value differs.',
    zh: '启用 protectKernelDefaults 后，kubelet 不会设置参数；值不符时退出。',
  },
  needed: verbatim(
    Object.entries(wanted)
      .map(([key, value]) => `${key} = ${value}`)
      .join(', '),
  ),
  remedy: { en: 'Set the parameters, now and at each boot', zh: '设置这些参数，立即生效并在每次启动时生效' },
  command: `printf '${Object.entries(wanted)
    .map(([key, value]) => `${key}=${value}\\n`)
    .join('')}' | sudo tee /etc/sysctl.d/90-kubelet.conf && sudo sysctl --system`,
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const asked = assignment.settings.kubernetes.components.kubeletConfiguration.protectKernelDefaults === true;
    if (!asked)
      return ok({
        en: 'protectKernelDefaults is not set; the kubelet sets them',
        zh: '未设置 protectKernelDefaults；由 kubelet 设置',
      });
    const entries = Object.entries(wanted);
    if (entries.some(([key]) => facts.sysctls[key] == null)) return notLooked;
    const seen = verbatim(entries.map(([key]) => `${key} = ${facts.sysctls[key]}`).join(', '));
    return entries.every(([key, value]) => facts.sysctls[key] === value) ? ok(seen) : error(seen);
  },
};
