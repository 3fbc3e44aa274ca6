import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

/** The kubelet's own list. */
const wanted = { 'vm.overcommit_memory': '1', 'kernel.panic': '10', 'kernel.panic_on_oops': '1' };

export const kernelDefaults: Check = {
  id: 'kernel-defaults',
  group: 'kernel',
  level: 'error',
  depends: { en: 'Only where the plan sets protectKernelDefaults.', zh: '仅当计划设置 protectKernelDefaults 时。' },
  title: { en: 'Kernel parameters are as a strict kubelet wants them', zh: '内核参数符合严格模式 kubelet 的要求' },
  reason: {
    en: 'With protectKernelDefaults the kubelet sets nothing itself and ends where a value differs.',
    zh: '启用 protectKernelDefaults 后，kubelet 不会自行设置；值不符即退出。',
  },
  needed: verbatim(
    Object.entries(wanted)
      .map(([key, value]) => `${key} = ${value}`)
      .join(', '),
  ),
  remedy: { en: 'Set them now and at each boot', zh: '立即设置并在每次启动时生效' },
  command: `printf '${Object.entries(wanted)
    .map(([key, value]) => `${key}=${value}\\n`)
    .join('')}' | sudo tee /etc/sysctl.d/90-kubelet.conf && sudo sysctl --system`,
  judge({ facts, assignment }) {
    if (assignment === null) return null;
    const asked = assignment.settings.kubernetes.components.kubeletConfiguration.protectKernelDefaults === true;
    if (!asked) return ok({ en: 'the kubelet sets them itself', zh: '由 kubelet 自行设置' });
    const wrong = Object.entries(wanted).filter(([key, value]) => facts.sysctls[key] !== value);
    if (wrong.length === 0) return ok({ en: 'as needed', zh: '符合要求' });
    if (wrong.some(([key]) => facts.sysctls[key] == null)) return notLooked;
    return error(verbatim(wrong.map(([key]) => `${key} = ${facts.sysctls[key]}`).join(', ')));
  },
};
