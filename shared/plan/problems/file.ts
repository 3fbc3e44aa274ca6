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
      en: 'column {column} has the character {character} ({point}); use {wanted}',
      zh: '第 {column} 列是字符 {character}（{point}）；请改为 {wanted}',
    },
  },
  'fullwidth-space': {
    message: {
      en: 'column {column} has a full-width, non-breaking or other special space; use an ordinary space',
      zh: '第 {column} 列是全角空格、不换行空格或其他特殊空格；请改为普通空格',
    },
  },
  'invisible-character': {
    message: {
      en: 'column {column} has the invisible character {point}; delete it, for example by typing the line again',
      zh: '第 {column} 列是不可见字符 {point}；请将其删除，例如重新输入该行',
    },
  },
  'foreign-letter': {
    message: {
      en: 'column {column} has the letter {character} ({point}), which is none of a to z even if it looks like one; type it again',
      zh: '第 {column} 列是字母 {character}（{point}），即使看起来相似，也不是 a 到 z 之一；请重新输入',
    },
  },
  'colon-without-space': {
    message: {
      en: 'a space is missing after {key}: as in {key}: VALUE',
      zh: '{key}: 之后缺少空格，应写作 {key}: 值',
    },
  },
  'dash-without-space': {
    message: {
      en: 'a space is missing after the dash of this list item',
      zh: '该列表项的短横线之后缺少空格',
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
  'yaml-merge-invalid': {
    message: {
      en: 'the merge key << takes a mapping, such as <<: *worker with an anchor &worker before it',
      zh: '合并键 << 的值必须是映射，例如 <<: *worker，且之前有锚点 &worker',
    },
  },
  'yaml-key-unusable': {
    message: {
      en: 'a key {key} is not possible; remove it, or put a value that starts with braces or brackets in quotes',
      zh: '不能使用键 {key}；请将其删除，或给以花括号或方括号开头的值加引号',
    },
  },
  'yaml-circular': {
    message: {
      en: 'an anchor of this YAML contains itself; remove the alias',
      zh: '该 YAML 的某个锚点包含其自身；请删除该别名',
    },
  },
});
