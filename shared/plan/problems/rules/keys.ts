import { defineErrors } from '../../../errors/definition.ts';

/** Rules of keys and of files beside the plan. `seen`: the value read. */
export const keysRules = defineErrors({
  'key-unknown': { message: { en: 'unknown key; {hint}', zh: '未知的键；{hint}' } },
  'components-superfluous': {
    message: {
      en: 'a suite that ends with / has no components; remove them',
      zh: '以 / 结尾的 suite 没有组件；请将其删除',
    },
  },
  'components-missing': {
    message: {
      en: 'suite {suite} needs at least one component, such as main',
      zh: 'suite {suite} 至少需要一个组件，例如 main',
    },
  },
  'file-unreadable': {
    message: {
      en: 'cannot read {seen}: {reason}; set a path relative to the folder of the plan',
      zh: '无法读取 {seen}：{reason}；请设为相对于计划所在目录的路径',
    },
  },
});
