import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

export const resolvConf: Check = {
  id: 'resolv-conf',
  group: 'network',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Only if the plan sets kubeletConfiguration.resolvConf.',
    zh: '仅当计划设置了 kubeletConfiguration.resolvConf 时检查。',
  },
  title: { en: 'The kubelet’s resolvConf exists', zh: 'kubelet 的 resolvConf 存在' },
  reason: {
    en: 'The setting applies to all hosts; where the file is missing, as without systemd-resolved, no pod starts.',
    zh: '该设置适用于所有主机；在缺少该文件的主机上（例如没有 systemd-resolved），任何 Pod 都无法启动。',
  },
  needed: { en: 'the planned file on every host', zh: '每台主机上都有计划的文件' },
  remedy: {
    en: 'Remove resolvConf from the plan, so that each host gets the file that fits it; or create the file on this host',
    zh: '从计划中删除 resolvConf，使每台主机使用适合自身的文件；或在该主机上创建该文件',
  },
  command: '',
  judge({ facts: { network }, assignment }) {
    const path = assignment?.settings.kubernetes.components.kubeletConfiguration.resolvConf;
    if (typeof path !== 'string' || path === '') return null;
    if (network.plannedResolvConf === null) return notLooked;
    return network.plannedResolvConf
      ? ok(verbatim(path))
      : error({ en: `${path} does not exist`, zh: `${path} 不存在` });
  },
};
