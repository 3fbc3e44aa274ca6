import { defineErrors } from '../../../errors/definition.ts';

/** What kubeadm init and join do. */
export const registrationRules = defineErrors({
  'phase-unknown': {
    message: {
      en: 'kubeadm has no phase {seen}; required: one of {known}',
      zh: 'kubeadm 没有阶段 {seen}；要求：{known} 之一',
    },
  },
  'patches-folder-relative': {
    message: {
      en: '{seen} is relative; required: the absolute path of a folder on the hosts',
      zh: '{seen} 是相对路径；要求：主机上目录的绝对路径',
    },
  },
  'node-label-refused': {
    message: {
      en: 'the kubelet does not start with the label {key}, which it may not set; set it in hosts[].labels',
      zh: 'kubelet 不得设置标签 {key}，带有该标签时无法启动；请在 hosts[].labels 中设置',
    },
  },
  'ignored-errors-all': {
    message: {
      en: 'kubeadm does not accept all in its configuration; list the names of the checks',
      zh: 'kubeadm 的配置中不接受 all；请列出检查的名称',
    },
  },
});
