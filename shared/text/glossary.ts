import type { Language } from './local-text.ts';

/** A product term in each language, and wordings to avoid. */
interface Term extends Readonly<Record<Language, string>> {
  /** Wordings to avoid; each is tested against one line. */
  never?: Readonly<Partial<Record<Language, readonly RegExp[]>>>;
}

/** Product terms. Kubernetes' own terms follow its official translation. */
export const glossary: readonly Term[] = [
  { en: 'agent', zh: '代理', never: { zh: [/代理端|代理人/] } },
  { en: 'API server', zh: 'API 服务器', never: { zh: [/API ?服务端|API server/i] } },
  { en: 'bootstrap token', zh: '引导令牌', never: { zh: [/启动令牌|启动引导|自举/] } },
  { en: 'certificate signing request', zh: '证书签名请求', never: { zh: [/证书请求|签署请求/] } },
  { en: 'cluster', zh: '集群', never: { zh: [/群集|丛集/] } },
  { en: 'container runtime', zh: '容器运行时', never: { zh: [/容器引擎|容器运行环境/] } },
  { en: 'control plane', zh: '控制平面', never: { en: [/\bmaster nodes?\b/i], zh: [/控制面(?!板)|主节点/] } },
  { en: 'coordinator', zh: '协调器', never: { zh: [/协调者|协调程序|协调端/] } },
  { en: 'cordon', zh: '封锁', never: { zh: [/停止调度|不再接收新的 Pod/] } },
  { en: 'credential', zh: '凭据', never: { zh: [/凭证/] } },
  { en: 'drain', zh: '腾空', never: { zh: [/驱逐节点|驱逐主机|排空|排干/] } },
  { en: 'drift', zh: '漂移', never: { zh: [/偏移|修正漂移|漂移.{0,2}修正/] } },
  { en: 'enrol', zh: '接入', never: { en: [/\benroll(s|ment)?\b/i], zh: [/登记/, /^(?!.*\bNode\b).*注册/] } },
  { en: 'enrolment token', zh: '接入令牌', never: { zh: [/注册令牌|加入令牌/] } },
  { en: 'evict', zh: '驱逐' },
  { en: 'host', zh: '主机' },
  { en: 'image', zh: '镜像', never: { zh: [/映像/] } },
  {
    en: 'install command',
    zh: '安装命令',
    never: { en: [/\binstall line\b|\bone-liner\b/i], zh: [/安装行|安装指令/] },
  },
  { en: 'join credential', zh: '加入凭据' },
  { en: 'label', zh: '标签', never: { zh: [/标记标签/] } },
  { en: 'lease', zh: '租约', never: { zh: [/租期|租用/] } },
  { en: 'mirror', zh: '镜像源', never: { zh: [/镜像站|镜像加速|加速器/] } },
  { en: 'node', zh: '节点', never: { zh: [/结点/] } },
  { en: 'operator', zh: '操作员', never: { zh: [/运维人员|操作者/] } },
  { en: 'plan', zh: '计划', never: { zh: [/规划/] } },
  /** 代理 alone means the agent. */
  {
    en: 'proxy',
    zh: 'HTTP 代理',
    never: { zh: [/(配置|设置|经过|绕过|交给|而|镜像源和|不经)代理(?!程序|更新)|(?<!HTTP )代理的 URL/] },
  },
  { en: 'quorum', zh: '法定人数', never: { zh: [/仲裁数/] } },
  { en: 'registry', zh: '镜像仓库', never: { zh: [/镜像库|注册表|仓库服务器/] } },
  { en: 'retire', zh: '退役', never: { zh: [/下线|停用主机/] } },
  { en: 'standby', zh: '待命', never: { zh: [/备用(于|状态|协调)|候补/] } },
  { en: 'status page', zh: '状态页', never: { zh: [/状态页面|监控页/] } },
  { en: 'swap', zh: '交换空间', never: { zh: [/交换分区|交换区|虚拟内存/] } },
  { en: 'taint', zh: '污点' },
  { en: 'toleration', zh: '容忍度' },
  { en: 'uncordon', zh: '解除封锁', never: { zh: [/恢复调度|取消封锁/] } },
  { en: 'viewer', zh: '只读用户', never: { zh: [/查看者|访客/] } },
  { en: 'worker', zh: '工作节点', never: { en: [/\b(slave|minion)s?\b/i], zh: [/工作结点/] } },
];

/** Phrases that English texts avoid: they personify programs or state no fact. */
export const neverInEnglish: readonly RegExp[] = [
  /\bby (itself|themselves)\b/i,
  /(?<!\.)\bmend(s|ed|ing)?\b/i,
  /\banew\b/i,
  /\blet(s|ting)? (\S+ ){0,3}in\b/i,
  /\blets nobody\b/i,
  /\bhands off\b/i,
  /\b(did|does|do|has|have) ?n[o’']t (get|got|getting) on\b/i,
  /\bnobody (has )?answer(s|ed)?\b/i,
  /\bwhat is \S+\?/i,
  /\bat the (most|least)\b/i,
  /\bone of the two\b/i,
  /\btook?e?n? back\b|\btakes? [^,.;]* back\b/i,
  /\bput[s-]?(ting)? back\b/i,
  /\b(need|needs) do nothing\b/i,
  /\bfor good\b/i,
  /\b(no|not|nobody) [^.;:]{0,40}\bany ?more\b/i,
  /\bgo(es)? on\b(?! with)/i,
  /\bsen[dt]s? [^.;:]{0,30} on to\b/i,
];
