import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** Tokens, credentials and the machines that use them. */
export const enrolmentErrors = defineErrors({
  'keys-not-for-host': {
    status: 403,
    exit: exitCode.notPermitted,
    message: {
      en: '{host} is not one of several planned control planes that hold the cluster; it gets no keys of the coordinator',
      zh: '{host} 不是持有集群的多个计划内控制平面之一；不会获得协调器的密钥',
    },
  },
  'token-missing': {
    status: 401,
    message: {
      en: 'the header Authorization: Bearer TOKEN is required',
      zh: '需要请求头 Authorization: Bearer TOKEN',
    },
    remedy: {
      en: 'create an install command on the coordinator: sudo muster token create HOST',
      zh: '在协调器上生成安装命令：sudo muster token create HOST',
    },
  },
  'token-unknown': {
    status: 401,
    message: { en: 'unknown enrolment token', zh: '未知的接入令牌' },
    remedy: {
      en: 'create a new one on the coordinator: sudo muster token create HOST',
      zh: '在协调器上重新生成：sudo muster token create HOST',
    },
  },
  'token-id-unknown': {
    status: 404,
    message: { en: 'no enrolment token has the ID {id}', zh: '没有 ID 为 {id} 的接入令牌' },
  },
  'token-expired': {
    status: 410,
    message: { en: 'the enrolment token expired at {at}', zh: '接入令牌已于 {at} 过期' },
    remedy: {
      en: 'create a new one on the coordinator: sudo muster token create {target}',
      zh: '在协调器上重新生成：sudo muster token create {target}',
    },
  },
  'token-used': {
    status: 410,
    message: {
      en: 'the enrolment token was already used to enrol {host}',
      zh: '该接入令牌已用于接入 {host}',
    },
    remedy: {
      en: 'create a new one on the coordinator: sudo muster token create {host}',
      zh: '在协调器上重新生成：sudo muster token create {host}',
    },
  },
  'no-workers': {
    status: 409,
    message: { en: 'the plan has no workers', zh: '计划中没有工作节点' },
    remedy: 'muster token create HOST',
  },
  'wrong-address': {
    status: 403,
    message: {
      en: '{host} is planned at {planned}; this host has {seen}',
      zh: '{host} 的计划地址为 {planned}，而该主机的地址为 {seen}',
    },
    remedy: {
      en: 'run the install command on the machine at {planned}, or correct the address in the plan',
      zh: '请在地址为 {planned} 的机器上运行安装命令，或更正计划中的地址',
    },
  },
  'not-a-worker': {
    status: 403,
    message: {
      en: 'this token enrols planned workers; {address} is {seen}',
      zh: '该令牌用于接入计划中的工作节点，而 {address} 是{seen}',
    },
    remedy: '{fix}',
  },
  'name-taken': {
    status: 409,
    message: { en: '{host} is already enrolled with another credential', zh: '{host} 已使用另一凭据接入' },
    remedy: {
      en: 'if the machine was replaced, on the coordinator: sudo muster token create {host}',
      zh: '若已更换机器，在协调器上：sudo muster token create {host}',
    },
  },
  'host-not-enrolled': {
    status: 404,
    message: {
      en: '{host} is not enrolled',
      zh: '{host} 尚未接入',
    },
    remedy: 'muster token create {host}',
  },
  'credential-unknown': {
    status: 401,
    message: { en: 'unknown host credential', zh: '未知的主机凭据' },
    remedy: {
      en: 'create an install command on the coordinator (sudo muster token create HOST) and run it on this host',
      zh: '在协调器上生成安装命令（sudo muster token create HOST），并在该主机上运行',
    },
  },
  'credential-taken': {
    status: 409,
    message: {
      en: 'the credential of this machine belongs to {owner}: the disk may have been copied',
      zh: '该机器的凭据属于 {owner}：其磁盘可能是复制而来',
    },
    remedy: {
      en: 'remove /var/lib/muster-agent/credential.json on this machine and run the install command again',
      zh: '删除该机器上的 /var/lib/muster-agent/credential.json，然后重新运行安装命令',
    },
  },
  'wrong-host': {
    status: 403,
    message: {
      en: 'the credential belongs to {host}; the report is about {reported}',
      zh: '该凭据属于 {host}，而上报内容关于 {reported}',
    },
    remedy: {
      en: 'run the install command of {reported} on that machine',
      zh: '请在那台机器上运行 {reported} 的安装命令',
    },
  },
  'host-retired': {
    status: 410,
    message: { en: '{host} is retired', zh: '{host} 已退役' },
    remedy: {
      en: 'on the coordinator: sudo muster readmit {host}',
      zh: '在协调器上：sudo muster readmit {host}',
    },
  },
  'two-machines': {
    status: 409,
    message: {
      en: 'two machines use the credential of {host}: a VM may have been cloned',
      zh: '有两台机器使用 {host} 的凭据：可能克隆了虚拟机',
    },
    remedy: {
      en: 'on the coordinator: sudo muster status, then sudo muster pick {host} --boot ID',
      zh: '在协调器上：先运行 sudo muster status，再运行 sudo muster pick {host} --boot ID',
    },
  },
  'machine-out': {
    status: 403,
    message: {
      en: 'another machine keeps the name {host}; this one has a copy of its credential',
      zh: '名称 {host} 由另一台机器使用；这台机器持有其凭据的副本',
    },
    remedy: {
      en: 'add this machine to the plan under its own name; on the coordinator: sudo muster token create NAME',
      zh: '请以单独的名称将该机器加入计划；在协调器上：sudo muster token create NAME',
    },
  },
  'machine-unclear': {
    status: 422,
    message: { en: 'specify one of the machines of {host}: {seen}', zh: '请指定 {host} 的其中一台机器：{seen}' },
    remedy: 'muster pick {host} --boot {boot}',
  },
  'clock-off': {
    status: 422,
    message: {
      en: 'the clock of this host is {by} the coordinator’s; at most 30 s are allowed',
      zh: '该主机的时钟比协调器{by}，最多允许相差 30 秒',
    },
    remedy: {
      en: "timedatectl set-ntp true; or manually: date -u -s '{now}'",
      zh: "timedatectl set-ntp true；或手动设置：date -u -s '{now}'",
    },
  },
  unsupported: {
    status: 422,
    message: { en: '{seen}', zh: '{seen}' },
    remedy: { en: 'use a supported system', zh: '请使用受支持的系统' },
  },
  'artefacts-missing': {
    status: 503,
    retryAfter: 30,
    message: { en: 'the coordinator has no installer in {folder}', zh: '协调器的 {folder} 中没有安装程序' },
    remedy: {
      en: 'on the coordinator, install muster again from its release archive: ./setup.sh',
      zh: '在协调器上用发布包重新安装 muster：./setup.sh',
    },
  },
  'not-enrolled': {
    exit: exitCode.notPermitted,
    message: { en: 'this host is not enrolled', zh: '该主机尚未接入' },
    remedy: {
      en: 'run the install command; sudo muster token create HOST prints it on the coordinator',
      zh: '请运行安装命令；在协调器上用 sudo muster token create HOST 打印该命令',
    },
  },
  'no-token': {
    exit: exitCode.usage,
    message: {
      en: 'this host is not enrolled and has no enrolment token',
      zh: '该主机尚未接入，也没有接入令牌',
    },
    remedy: {
      en: 'run the install command; sudo muster token create HOST prints it on the coordinator',
      zh: '请运行安装命令；在协调器上用 sudo muster token create HOST 打印该命令',
    },
  },
});
