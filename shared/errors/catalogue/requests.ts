import { defineErrors } from '../definition.ts';

/** Requests that the coordinator cannot process, from any client. */
export const requestErrors = defineErrors({
  'not-found': { status: 404, message: { en: 'no such route: {method} {path}', zh: '没有此路由：{method} {path}' } },
  invalid: { status: 422, message: { en: 'invalid request: {problems}', zh: '请求无效：{problems}' } },
  malformed: {
    status: 400,
    message: { en: 'the request body is not valid JSON', zh: '请求体不是有效的 JSON' },
  },
  'too-large': {
    status: 413,
    message: { en: 'the request body exceeds {limit} bytes', zh: '请求体超过 {limit} 字节' },
  },
  'too-many': {
    status: 429,
    retryAfter: 30,
    message: {
      en: 'more than {limit} requests in one minute from this address',
      zh: '来自此地址的请求在一分钟内超过 {limit} 次',
    },
  },
  'too-many-boots': {
    status: 429,
    retryAfter: 30,
    message: {
      en: 'the credential of {host} was used with too many different boot ids',
      zh: '{host} 的凭据使用了过多不同的启动 ID',
    },
    remedy: {
      en: 'if several machines use this credential: muster rotate {host}',
      zh: '若有多台机器使用此凭据：muster rotate {host}',
    },
  },
  'host-too-busy': {
    status: 429,
    retryAfter: 2,
    message: {
      en: '{host} sends more requests than one agent does; further requests are refused for a moment',
      zh: '{host} 发送的请求多于一个代理应有的数量；暂时拒绝更多请求',
    },
    remedy: {
      en: 'if several machines use this credential: muster rotate {host}',
      zh: '若有多台机器使用此凭据：muster rotate {host}',
    },
  },
  'bad-request': {
    status: 400,
    message: { en: 'the request cannot be read (HTTP {status})', zh: '无法读取该请求（HTTP {status}）' },
  },
  'not-active': {
    status: 421,
    retryAfter: 2,
    message: {
      en: 'this coordinator is on standby; the active one is {active}',
      zh: '该协调器处于待命状态；活动的协调器是 {active}',
    },
    remedy: { en: 'send the request to {active}', zh: '请将请求发送到 {active}' },
  },
  'peer-unknown': {
    status: 401,
    message: {
      en: 'this endpoint serves the other coordinators of this cluster only',
      zh: '只有该集群的其他协调器才能在此请求',
    },
  },
  'no-active': {
    status: 503,
    retryAfter: 2,
    message: {
      en: 'this coordinator is on standby, and no coordinator is active',
      zh: '该协调器处于待命状态，且没有活动的协调器',
    },
    remedy: {
      en: 'usually ends within 30 seconds; otherwise: journalctl -u muster-coordinator on the control planes',
      zh: '通常在 30 秒内恢复；否则请在各控制平面上运行：journalctl -u muster-coordinator',
    },
  },
  busy: {
    status: 503,
    retryAfter: 1,
    message: { en: '{waiting} reports are waiting to be stored', zh: '有 {waiting} 份上报正等待写入' },
  },
  storage: {
    status: 503,
    retryAfter: 10,
    message: {
      en: 'the coordinator cannot write to its database: {reason}',
      zh: '协调器无法写入其数据库：{reason}',
    },
    remedy: {
      en: 'on the coordinator: df -h /var/lib/muster; journalctl -u muster-coordinator',
      zh: '在协调器上：df -h /var/lib/muster; journalctl -u muster-coordinator',
    },
  },
  internal: {
    message: { en: 'internal error of the coordinator; see its log', zh: '协调器内部错误，请查看其日志' },
    remedy: {
      en: 'on the coordinator: journalctl -u muster-coordinator',
      zh: '在协调器上：journalctl -u muster-coordinator',
    },
  },
  'metrics-token-needed': {
    status: 401,
    message: {
      en: 'the header Authorization: Bearer TOKEN is required',
      zh: '需要请求头 Authorization: Bearer TOKEN',
    },
    remedy: { en: 'on the coordinator: sudo muster metrics token', zh: '在协调器上：sudo muster metrics token' },
  },
  'sign-ins-busy': {
    status: 503,
    retryAfter: 5,
    message: {
      en: 'too many passwords are waiting to be verified; try again, or sign in with a link',
      zh: '等待验证的密码过多；请重试，或使用链接登录',
    },
    remedy: 'muster login',
  },
  'session-needed': {
    status: 401,
    message: { en: 'not signed in to the status page', zh: '未登录状态页' },
    remedy: {
      en: 'run `sudo muster login` on the coordinator and open the link that it prints',
      zh: '在协调器上运行 `sudo muster login` 并打开它打印的链接',
    },
  },
  'operator-needed': {
    status: 403,
    message: { en: 'viewers are not allowed to do this', zh: '只读用户无权执行此操作' },
    remedy: {
      en: 'sign in as operator: `sudo muster login` on the coordinator',
      zh: '以操作员身份登录：在协调器上运行 `sudo muster login`',
    },
  },
  'other-site': {
    status: 403,
    message: { en: 'the request comes from a page of another site', zh: '该请求来自其他网站的页面' },
    remedy: { en: 'open the status page and repeat it there', zh: '请打开状态页，在那里重新操作' },
  },
});
