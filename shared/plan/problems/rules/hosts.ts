import { defineErrors } from '../../../errors/definition.ts';

const remove = { en: 'remove it', zh: '请将其删除' } as const;

/** Rules of hosts: names, addresses, labels, taints, checks and copies. `seen`: the value read. */
export const hostsRules = defineErrors({
  'name-taken': {
    message: {
      en: '{seen} is already the name of hosts[{first}]; each host needs its own name',
      zh: '{seen} 已是 hosts[{first}] 的名称；每台主机的名称必须不同',
    },
  },
  'address-taken': {
    message: {
      en: '{seen} is already the address of hosts[{first}]; each host needs its own address',
      zh: '{seen} 已是 hosts[{first}] 的地址；每台主机的地址必须不同',
    },
  },
  'name-localhost': {
    message: {
      en: '{seen} refers to every host itself; use another name',
      zh: '{seen} 在每台主机上都指其自身；请使用其他名称',
    },
  },
  'address-unreachable': {
    message: {
      en: 'the other hosts cannot reach {seen}; set the address at which they reach this host',
      zh: '其他主机无法访问 {seen}；请设为其他主机访问该主机的地址',
    },
  },
  'no-control-plane': {
    message: {
      en: 'no host has role: control-plane; set it for one host',
      zh: '没有主机设为 role: control-plane；请为一台主机设置',
    },
  },

  'label-key-invalid': {
    message: {
      en: 'the key {key} is invalid; required: [dns.name/]name, where name has at most 63 letters, digits, -, _ and .',
      zh: '键 {key} 无效；要求：[dns.name/]name，其中 name 由字母、数字、-、_ 和 . 组成，至多 63 个字符',
    },
  },
  'label-value-invalid': {
    message: {
      en: 'the value {value} is invalid; required: at most 63 letters, digits, -, _ and ., or the empty string',
      zh: '值 {value} 无效；要求：由字母、数字、-、_ 和 . 组成，至多 63 个字符，或空字符串',
    },
  },

  'label-of-kubelet': {
    message: {
      en: 'the kubelet sets {key} and restores its own value; remove it',
      zh: '{key} 由 kubelet 设置，并会恢复其自己的值；请将其删除',
    },
  },
  'label-of-role': {
    message: {
      en: 'kubeadm sets {key} on control planes only; set role: control-plane, or remove it',
      zh: '{key} 仅由 kubeadm 在控制平面上设置；请设置 role: control-plane，或将其删除',
    },
  },
  'taint-of-kubernetes': {
    message: {
      en: 'Kubernetes adds and removes {key} by the state of the node; use another key',
      zh: '{key} 由 Kubernetes 按节点状态添加和移除；请使用其他键',
    },
  },
  'taint-duplicate': {
    message: {
      en: '{key} with the effect {effect} is already in the list; the API server refuses a Node with both; remove one',
      zh: '列表中已有键为 {key}、效果为 {effect} 的污点；API 服务器会拒绝同时带有两者的 Node；请删除其中一个',
    },
  },

  'check-unknown': { message: { en: 'unknown check; {hint}', zh: '未知的检查；{hint}' } },
  'check-fixed': {
    message: {
      en: 'this check prevents data loss or conflicts between hosts and cannot be lowered; fix what it finds',
      zh: '该检查用于防止数据丢失或主机冲突，不能降级；请解决其发现的问题',
    },
  },
  'check-never-blocks': {
    message: { en: `this check never blocks a host; ${remove.en}`, zh: `该检查不会阻止主机；${remove.zh}` },
  },

  'copy-host-unknown': {
    message: {
      en: '{seen} is not a host of this plan; the plan has {known}',
      zh: '{seen} 不是该计划中的主机；计划中有 {known}',
    },
  },
  'copy-on-coordinator': {
    message: {
      en: '{seen} is the coordinator’s own host; use another host',
      zh: '{seen} 是协调器所在的主机；请使用其他主机',
    },
  },
});
