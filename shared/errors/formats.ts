import type { LocalText } from '../text/local-text.ts';

/**
 * Texts of formats by name. Schemas and option parsers give the name as their message; zod uses its own format names.
 */
export const formats: Readonly<Record<string, LocalText>> = {
  'host-name': {
    en: 'lower-case letters, digits and hyphens (RFC 1123)',
    zh: '小写字母、数字和连字符（RFC 1123）',
  },
  instant: { en: 'a time in UTC such as 2026-01-31T12:00:00Z', zh: 'UTC 时间，例如 2026-01-31T12:00:00Z' },
  sha256: { en: 'a SHA-256 of 64 lower-case hexadecimal digits', zh: '64 位小写十六进制的 SHA-256' },
  'bootstrap-token': { en: 'a bootstrap token', zh: '引导令牌' },
  'certificate-key': { en: '64 hexadecimal digits', zh: '64 个十六进制数字' },
  'bootstrap-token-id': { en: 'the six characters of a bootstrap token’s ID', zh: '引导令牌 ID 的六个字符' },
  url: { en: 'a URL', zh: 'URL' },
  ipv4: { en: 'an IPv4 address', zh: 'IPv4 地址' },
  base64: { en: 'base64', zh: 'base64' },
  count: { en: 'a whole number from 1', zh: '不小于 1 的整数' },
  seconds: { en: 'a number of seconds', zh: '秒数' },
  moment: {
    en: 'a duration (30m, 1h, 2d) or a time in ISO 8601',
    zh: '时长（30m、1h、2d）或 ISO 8601 时间',
  },
  datetime: { en: 'a time in ISO 8601', zh: 'ISO 8601 时间' },
};
