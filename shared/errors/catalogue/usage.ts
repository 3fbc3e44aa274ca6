import { defineErrors } from '../definition.ts';
import { exitCode } from '../exit-codes.ts';

/** Invalid command lines of `muster` and `muster-agent`. */
export const usageErrors = defineErrors({
  'json-invalid': { exit: exitCode.badInput, message: { en: '{reason}', zh: '{reason}' } },
  'command-unknown': {
    exit: exitCode.usage,
    message: { en: 'unknown command: {name}{hint}', zh: '未知的命令：{name}{hint}' },
    remedy: '{help}',
  },
  'option-unknown': {
    exit: exitCode.usage,
    message: { en: 'unknown option: {name}{hint}', zh: '未知的选项：{name}{hint}' },
    remedy: '{help}',
  },
  'argument-missing': {
    exit: exitCode.usage,
    message: { en: 'missing argument: {name}', zh: '缺少参数：{name}' },
    remedy: '{help}',
  },
  'option-value-missing': {
    exit: exitCode.usage,
    message: { en: 'option {name} requires a value', zh: '选项 {name} 需要一个值' },
    remedy: '{help}',
  },
  'options-conflict': {
    exit: exitCode.usage,
    message: { en: '{name} and {other} cannot be used together', zh: '{name} 和 {other} 不能同时使用' },
    remedy: '{help}',
  },
  'arguments-excess': {
    exit: exitCode.usage,
    message: { en: 'too many arguments: {given}', zh: '参数过多：{given}' },
    remedy: '{help}',
  },
  'value-invalid': {
    exit: exitCode.usage,
    message: {
      en: 'invalid value "{given}" for {name}; required: {needed}',
      zh: '{name} 的值 "{given}" 无效；要求：{needed}',
    },
    remedy: '{help}',
  },
  usage: { exit: exitCode.usage, message: { en: '{seen}', zh: '{seen}' } },
  'language-unknown': {
    exit: exitCode.usage,
    message: { en: 'invalid --lang "{given}": use {known}', zh: '--lang 的值 "{given}" 无效，可用值：{known}' },
  },
  'nobody-to-ask': {
    exit: exitCode.usage,
    message: {
      en: 'confirmation is required, but there is no terminal to ask on',
      zh: '该操作需要确认，但当前没有可用的终端',
    },
    remedy: '{command}',
  },
  'not-confirmed': { message: { en: 'not confirmed; nothing was changed', zh: '未确认，没有作任何更改' } },
  'target-ambiguous': {
    exit: exitCode.usage,
    message: { en: 'specify either HOST or {option}', zh: '请指定 HOST 或 {option} 之一' },
    remedy: '{command}',
  },
  'page-options': {
    exit: exitCode.usage,
    message: {
      en: '--page-listen, --page-cert and --page-key must be given together',
      zh: '--page-listen、--page-cert 和 --page-key 必须同时指定',
    },
    remedy: 'muster serve --page-listen 0.0.0.0:443 --page-cert FILE --page-key FILE --page-url https://NAME',
  },
  'listen-invalid': {
    exit: exitCode.usage,
    message: {
      en: 'invalid --listen "{given}": ADDRESS:PORT is required, such as 0.0.0.0:7443',
      zh: '--listen 的值 "{given}" 无效：格式为 ADDRESS:PORT，例如 0.0.0.0:7443',
    },
  },
  'url-invalid': {
    exit: exitCode.usage,
    message: {
      en: 'invalid --url "{given}": https://HOST:PORT is required',
      zh: '--url 的值 "{given}" 无效：格式为 https://HOST:PORT',
    },
  },
  'password-short': {
    exit: exitCode.badInput,
    message: {
      en: 'the password has {length} characters; at least {least} are required',
      zh: '密码只有 {length} 个字符，至少需要 {least} 个',
    },
    remedy: 'muster password set < FILE',
  },
  'passphrase-short': {
    exit: exitCode.badInput,
    message: {
      en: 'the passphrase has {length} characters; at least {least} are required',
      zh: '口令只有 {length} 个字符，至少需要 {least} 个',
    },
  },
  'loose-mode': {
    exit: exitCode.notPermitted,
    message: {
      en: '{path} is readable by other users (mode {mode}); mode 600 is required',
      zh: '其他用户可以读取 {path}（权限 {mode}），权限必须为 600',
    },
    remedy: 'sudo chmod 600 {path}',
  },
  'file-unreadable': {
    exit: exitCode.badInput,
    message: { en: 'cannot read {path}: {reason}', zh: '无法读取 {path}：{reason}' },
  },
  'file-unwritable': {
    exit: exitCode.cannotCreate,
    message: { en: 'cannot write {path}: {reason}', zh: '无法写入 {path}：{reason}' },
  },
  'root-needed': {
    exit: exitCode.notPermitted,
    message: { en: 'only root can change this host', zh: '只有 root 才能更改该主机' },
    remedy: 'sudo {command}',
  },
  interrupted: {
    exit: exitCode.interrupted,
    message: { en: 'interrupted; the hosts continue', zh: '已中断；各主机继续运行' },
  },
  'timed-out': {
    exit: exitCode.tryAgain,
    message: { en: '{seen} after {seconds} s', zh: '{seconds} 秒后：{seen}' },
    remedy: 'muster status',
  },
  'host-blocked': { message: { en: '{host}: {summary}', zh: '{host}：{summary}' }, remedy: '{fix}' },
});
