import { isIP } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

/** Go's types of keys, by the names in its messages. Source: daemon/config of moby. */
const types: Readonly<Record<string, string>> = {
  '[]string':
    'allow-nondistributable-artifacts authorization-plugins dns dns-opts dns-search exec-opts hosts insecure-registries labels registry-mirrors storage-opts',
  bool: 'debug experimental icc init ip-forward ip-masq ip6tables iptables ipv6 live-restore no-new-privileges raw-logs selinux-enabled tls tlsverify userland-proxy',
  int: 'max-concurrent-downloads max-concurrent-uploads max-download-attempts mtu network-control-plane-mtu shutdown-timeout',
  string:
    'bip bridge cgroup-parent containerd data-root default-cgroupns-mode default-ipc-mode default-runtime exec-root fixed-cidr fixed-cidr-v6 group init-path log-driver log-format log-level metrics-addr min-api-version pidfile seccomp-profile storage-driver userns-remap',
  'map[string]string': 'log-opts',
  'map[string]bool': 'features',
  'map[string]*units.Ulimit': 'default-ulimits',
  'map[string]types.Runtime': 'runtimes',
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Go takes null for anything. */
const mapOf = (isRight: (value: unknown) => boolean) => (value: unknown) =>
  isObject(value) && Object.values(value).every((one) => one === null || isRight(one));
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const stringsIn = (value: unknown): string[] => (isStrings(value) ? value : []);
const isOfType: Readonly<Record<string, (value: unknown) => boolean>> = {
  '[]string': isStrings,
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isSafeInteger(value),
  string: (value) => typeof value === 'string',
  // Its values have a finding of their own.
  'map[string]string': (value) => typeof value === 'object' && !Array.isArray(value),
  'map[string]bool': mapOf((value) => typeof value === 'boolean'),
  'map[string]*units.Ulimit': mapOf(isObject),
  'map[string]types.Runtime': mapOf(isObject),
};

/** Keys with an address, besides `dns`. */
const addressKeys = ['ip', 'default-gateway', 'default-gateway-v6', 'host-gateway-ip'];

/** Numbers that docker refuses below zero, by the names in its messages. */
const counts = {
  'max-concurrent-downloads': 'max concurrent downloads',
  'max-concurrent-uploads': 'max concurrent uploads',
  'max-download-attempts': 'max download attempts',
  mtu: 'default MTU',
};

const levels = ['debug', 'info', 'warn', 'warning', 'error', 'fatal', 'panic', 'trace'];

/**
 * What dockerd says of values that it refuses at its start, before it is installed or where it cannot validate; null:
 * nothing of the kind.
 */
export function refusalOf(config: Json): string | null {
  const refused =
    wrongType(config) ??
    wrongMirror(config['registry-mirrors']) ??
    wrongNumber(config) ??
    wrongMinimum(config['min-api-version']) ??
    wrongValue(config);
  return refused?.slice(0, 256) ?? null;
}

function wrongType(config: Json): string | null {
  for (const [type, keys] of Object.entries(types)) {
    const key = keys.split(' ').find((one) => config[one] != null && isOfType[type]?.(config[one]) === false);
    if (key === undefined) continue;
    const [value, wanted] = innermost(config[key], type);
    return `json: cannot unmarshal ${jsonType(value)} into Go struct field Config.${key} of type ${wanted}`;
  }
  return null;
}

/** The value that does not fit, and its type: of a map, one of its values. */
function innermost(value: unknown, type: string): [value: unknown, type: string] {
  const inner = type.replace('map[string]', '');
  if (!isObject(value) || inner === type) return [value, type];
  return [Object.values(value).find((one) => isOfType[type]?.({ one }) === false), inner];
}

function jsonType(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? 'array' : typeof value;
}

function wrongMirror(mirrors: unknown): string | null {
  for (const mirror of stringsIn(mirrors)) {
    const { scheme, user, shown } = partsOf(mirror);
    if (!/^https?$/i.test(scheme)) return `invalid mirror: unsupported scheme "${scheme}" in "${shown}"`;
    if (user) return `invalid mirror: username/password not allowed in URI "${shown}"`;
  }
  return null;
}

/** What a dockerd that cannot validate says, besides: later ones take a path. */
export function refusalOfOld({ 'registry-mirrors': mirrors }: Json): string | null {
  const mirror = stringsIn(mirrors)
    .map(partsOf)
    .find(({ rest }) => !/^\/?$/.test(rest));
  return mirror === undefined ? null : `invalid mirror: path, query, or fragment at end of the URI "${mirror.shown}"`;
}

function partsOf(mirror: string) {
  const [, scheme = '', user, rest = ''] = /^(?:(\w+):\/\/)?([^/@]*@)?[^/?#]*(.*)$/s.exec(mirror) ?? [];
  return { scheme, user: user !== undefined, rest, shown: mirror.replace(/[^/@]*@/, '').slice(0, 128) };
}

function wrongNumber(config: Json): string | null {
  for (const [key, name] of Object.entries(counts)) {
    if (Number(config[key]) < 0) return `invalid ${name}: ${config[key]}`;
  }
  const addresses = [...addressKeys.map((key) => config[key]), ...stringsIn(config.dns).map((one) => one.trim())];
  const wrong = addresses.find((one) => typeof one === 'string' && one !== '' && isIP(one) === 0);
  return wrong === undefined ? null : `invalid IP address: ${wrong}`;
}

function wrongMinimum(version: unknown): string | null {
  if (typeof version !== 'string' || version === '') return null;
  if (/^v/i.test(version)) return 'invalid min-api-version: API version must be provided without "v" prefix';
  return /^\d{1,3}\.\d{1,3}$/.test(version) ? null : `invalid min-api-version: ${version}`;
}

function wrongValue(config: Json): string | null {
  const { 'default-runtime': runtime, runtimes, 'log-level': level, 'userns-remap': remap, labels } = config;
  const names = ['runc', 'io.containerd.runc.v2', ...Object.keys(isObject(runtimes) ? runtimes : {})];
  if (
    typeof runtime === 'string' &&
    runtime !== '' &&
    !names.includes(runtime) &&
    !runtime.startsWith('io.containerd.')
  )
    return `specified default runtime '${runtime}' does not exist`;
  if (typeof level === 'string' && level !== '' && !levels.includes(level.toLowerCase()))
    return `unable to parse logging level: ${level}`;
  const label = stringsIn(labels).find((one) => !one.includes('='));
  if (label !== undefined) return `bad attribute format: ${label}`;
  // Kubernetes' own pods are on the host's network.
  return typeof remap === 'string' && remap !== ''
    ? `userns-remap ${remap}: cannot share the host's network namespace when user namespaces are enabled`
    : null;
}
