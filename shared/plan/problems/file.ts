import { defineErrors } from '../../errors/definition.ts';

/** Reasons why a plan file cannot be read. */
export const fileProblems = defineErrors({
  'plan-file-unreadable': { message: { en: 'cannot read {path}: {reason}', zh: '无法读取 {path}：{reason}' } },
  'file-too-long': {
    message: {
      en: 'the file has {length} characters; at most {most} are allowed',
      zh: '文件有 {length} 个字符，至多允许 {most} 个',
    },
  },
  'file-not-utf8': {
    message: { en: 'the file is not UTF-8 text; save it as UTF-8', zh: '文件不是 UTF-8 文本；请保存为 UTF-8' },
  },
  'yaml-invalid': {
    message: { en: 'invalid YAML at column {column}{reason}', zh: '第 {column} 列的 YAML 无效{reason}' },
  },
  'fullwidth-character': {
    message: {
      en: 'column {column} has the full-width character {character}; use {wanted}',
      zh: '第 {column} 列是全角字符 {character}；请改为 {wanted}',
    },
  },
  'fullwidth-space': {
    message: {
      en: 'column {column} has a full-width or non-breaking space; use an ordinary space',
      zh: '第 {column} 列是全角空格或不换行空格；请改为普通空格',
    },
  },
  'yaml-second-document': {
    message: {
      en: 'a second YAML document begins here; remove the line with ---',
      zh: '此处开始了第二个 YAML 文档；请删除 --- 所在的行',
    },
  },
  'yaml-too-deep': {
    message: { en: 'the YAML is nested too deeply', zh: 'YAML 嵌套过深' },
  },
  'yaml-too-many-aliases': {
    message: {
      en: 'the aliases of this YAML expand to too many values; write the values out',
      zh: '该 YAML 的别名展开后值过多；请直接写出这些值',
    },
  },
  'yaml-alias-unknown': {
    message: { en: 'no anchor &{alias} precedes the alias *{alias}', zh: '别名 *{alias} 之前没有锚点 &{alias}' },
  },
  'yaml-circular': {
    message: {
      en: 'an anchor of this YAML contains itself; remove the alias',
      zh: '该 YAML 的某个锚点包含其自身；请删除该别名',
    },
  },
});
