/**
 * Patterns for all values of a plan. They end up in files and argument lists on hosts, so plans and agents validate
 * with the same patterns: a coordinator cannot send what a plan could not contain. None allows a leading `-`, a space,
 * a line break or `..` as a path segment.
 */

/** Nothing that becomes a command or a line of a file is longer. */
const most = 2048;
const bounded = ({ source }: RegExp): RegExp => new RegExp(source.replace(/^\^/, `^(?=[^]{0,${most}}$)`));

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
/** RFC 1123 subdomain; also matches IPv4 addresses. */
export const dnsName = new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*$`);

/** http or https, without user and password. */
export const url = bounded(/^https?:\/\/[\w.-]+(:\d{1,5})?(\/[\w./:@%+~?&=,-]*)?$/);

/** As `url`; also with user and password, percent-encoded, and an IPv6 address. */
export const proxyUrl = bounded(
  /^https?:\/\/((?:[\w.~!$&*+,=-]|%[0-9A-Fa-f]{2})+(:(?:[\w.~!$&*+,=-]|%[0-9A-Fa-f]{2})*)?@)?([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(\/[\w./:%+~?&=,-]*)?$/,
);

/** `host` or `host:port`, as in an image name. */
export const registry = bounded(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/);

/** A registry, optionally with a path. */
export const imageRepository = bounded(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/);

/** A suite or component of a package repository, such as kubernetes-xenial, main or `/`. */
export const repositoryWord = bounded(/^(?!.*\.\.)[\w./:+][\w./:+-]*$/);

/** The name of a package (Debian policy 5.6.7). */
export const packageName = bounded(/^[a-z0-9][a-z0-9+.-]+$/);

/** Such as 1.23.0. */
export const kubernetesVersion = /^1\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;
/** A version with the package's revision, such as 1.23.0-00 or 1.30.2-1.1. */
export const packageVersion = /^1\.(0|[1-9]\d*)\.(0|[1-9]\d*)-\d+(\.\d+)?$/;

/** A version of a runtime's package, such as 1.7, 20.10.24 or 5:20.10.24~3-0~debian-bookworm. */
export const runtimeVersion = /^\d[\w.+:~-]{0,127}$/;

/** A release of cri-dockerd, such as 0.3.21. */
export const criDockerdVersion = /^\d{1,4}(\.\d{1,4}){2}$/;

/** A file in the plan's folder or below it. */
export const fileBeside = bounded(/^(?!(.*\/)?\.\.?(\/|$))[\w.][\w.+~-]*(\/[\w.][\w.+~-]*)*$/);

/** An absolute path on a host. */
export const hostFile = bounded(/^(\/(?!\.\.?(\/|$))[\w.][\w.+~-]*)+$/);

/** Where an external etcd listens for clients, such as https://10.0.0.1:2379 */
export const etcdEndpoint = /^https:\/\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?:[1-9]\d{0,4}$/;

/** A network interface, such as eth0 or bond0.20. */
export const networkInterface = /^[A-Za-z0-9][\w.]{0,14}$/;

/** An IPv4 subnet, such as 10.244.0.0/16. */
export const subnet = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

/** An address, subnet or domain that bypasses the proxy. */
export const noProxyEntry = bounded(/^(?!.*\.\.)[A-Za-z0-9.:*/_][A-Za-z0-9.:*/_-]*$/);

/** Such as 500M or 2G. */
export const journalSize = /^[1-9]\d*[MG]$/;

export const sha256 = /^[0-9a-f]{64}$/;

/** One or more armoured keys (RFC 9580) and nothing else. */
export const armouredKey = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----[^\0]*-----END PGP PUBLIC KEY BLOCK-----\s*$/;

/** PEM certificates and nothing else. */
export const certificates = /^(\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----)+\s*$/;

/** Key of a label or taint: `[dns.name/]name`. */
export const labelKey = new RegExp(
  `^(?:(?=[^/]{1,253}/)${label}(\\.${label})*/)?[A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?$`,
);
/** Value of a label or taint. */
export const labelValue = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** User-visible text: one line without control, invisible and bidirectional characters. */
export const line = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,1024}$/u;

/** An id created by the coordinator and returned by agents, also as a path segment. */
export const opaqueId = /^\w[\w.:-]{0,127}$/;
