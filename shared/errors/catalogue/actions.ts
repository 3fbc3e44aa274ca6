import { defineErrors } from '../definition.ts';

/** Refusals of an operator's action on a host. */
export const actionErrors = defineErrors({
  'action-unknown': {
    message: { en: 'the coordinator does not support the action {action}', zh: '协调器不支持操作 {action}' },
  },
  'no-operation': {
    status: 409,
    message: { en: 'no operation is in progress on {host}', zh: '{host} 上没有正在进行的操作' },
    remedy: 'muster operations',
  },
  'operation-under-way': {
    status: 409,
    message: { en: 'the operation “{operation}” is in progress on {host}', zh: '{host} 上正在进行“{operation}”操作' },
    remedy: 'muster cancel {host}',
  },
  'operation-stuck': {
    message: { en: '{kind} of {host} is stuck', zh: '{host} 的 {kind} 操作受阻' },
    remedy: {
      en: 'muster {kind} {host} --force to continue without waiting, or muster cancel {host}',
      zh: '运行 muster {kind} {host} --force 不再等待、继续执行，或运行 muster cancel {host}',
    },
  },
  'not-cloned': {
    status: 409,
    message: { en: 'only one machine uses the credential of {host}', zh: '只有一台机器使用 {host} 的凭据' },
    remedy: 'muster status',
  },
  paused: {
    status: 409,
    message: { en: '{host} is paused', zh: '{host} 已暂停' },
    remedy: 'muster resume {host}',
  },
  'not-paused': {
    status: 409,
    message: { en: '{host} is not paused', zh: '{host} 未暂停' },
    remedy: 'muster status',
  },
  'not-retired': {
    status: 409,
    message: { en: '{host} is not retired', zh: '{host} 未退役' },
    remedy: 'muster token create {host}',
  },
  'quorum-needs-host': {
    status: 409,
    message: {
      en: 'without {host}, {healthy} of {members} control planes answer; etcd needs {needed}',
      zh: '没有 {host} 时，{members} 个控制平面中有 {healthy} 个应答；etcd 需要 {needed} 个',
    },
    remedy: {
      en: 'start the silent control planes, or retire one of them first: muster status',
      zh: '启动失联的控制平面，或先将其中之一退役：muster status',
    },
  },
  'last-control-plane': {
    status: 409,
    message: {
      en: '{host} is the last control plane that holds the cluster, so it cannot become a worker',
      zh: '{host} 是最后一个持有集群的控制平面，因此不能改为工作节点',
    },
    remedy: {
      en: 'add another control plane to the plan and wait until it has joined: muster status',
      zh: '在计划中添加另一个控制平面，并等待其加入：muster status',
    },
  },
  'coordinator-state-unshared': {
    status: 409,
    message: {
      en: 'the coordinator on {host} has the shared state and no other one is ready to take over; required: a standby before {host} leaves',
      zh: '{host} 上的协调器持有共享状态，且没有其他协调器可接管；要求：{host} 离开之前有待命的协调器',
    },
    remedy: {
      en: 'wait until another planned control plane has joined and its coordinator is a standby: muster status',
      zh: '等待计划中的另一个控制平面加入，且其协调器进入待命状态：muster status',
    },
  },
  'role-as-planned': {
    status: 409,
    message: { en: '{host} has its planned role', zh: '{host} 的角色与计划一致' },
    remedy: 'muster status',
  },
  'only-control-plane': {
    status: 409,
    message: {
      en: '{host} is the only control plane: the cluster and all data in its etcd would be lost',
      zh: '{host} 是唯一的控制平面：集群及其 etcd 中的全部数据将丢失',
    },
    remedy: {
      en: 'to give up the cluster: repeat the command with --force',
      zh: '若要放弃该集群：在命令后加上 --force 重新运行',
    },
  },
});
