import type { ErrorCode } from 'yaml';
import type { LocalText } from '../../text/local-text.ts';

/** Texts of common YAML syntax errors, by the parser's code. */
export const syntaxReasons: Readonly<Partial<Record<ErrorCode, LocalText>>> = {
  BAD_ALIAS: { en: 'an alias or anchor has an invalid name', zh: '别名或锚点的名称无效' },
  BAD_DQ_ESCAPE: { en: 'a string in double quotes has an invalid escape', zh: '双引号字符串中有无效的转义' },
  BAD_INDENT: { en: 'the indentation is wrong', zh: '缩进错误' },
  BAD_SCALAR_START: {
    en: 'a plain value cannot start with this character; put it in quotes',
    zh: '未加引号的值不能以该字符开头；请加引号',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    en: 'a mapping cannot start on the line of its key; begin a new line, or put the value in quotes',
    zh: '映射不能从其键所在的行开始；请换行，或给该值加引号',
  },
  BLOCK_IN_FLOW: {
    en: 'a block list or mapping is not allowed within [ ] or { }',
    zh: '[ ] 或 { } 之中不能使用块状的列表或映射',
  },
  DUPLICATE_KEY: { en: 'this key already exists in the mapping; remove one', zh: '映射中已有该键；请删除其中一个' },
  MISSING_CHAR: {
    en: 'a character is missing, such as a colon, a comma, a quote or a closing bracket, or the indentation differs from that of the lines above',
    zh: '缺少字符，例如冒号、逗号、引号或右括号，或者缩进与上面各行不同',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'a key extends over several lines; a colon may be missing',
    zh: '键跨越了多行；可能缺少冒号',
  },
  TAB_AS_INDENT: { en: 'tabs are not allowed as indentation; use spaces', zh: '缩进不能使用制表符；请使用空格' },
  TAG_RESOLVE_FAILED: { en: 'the tag is unknown; remove it', zh: '标签（tag）未知；请将其删除' },
  UNEXPECTED_TOKEN: { en: 'unexpected characters', zh: '多余的字符' },
};
