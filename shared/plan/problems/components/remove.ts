/** The fix of most of these problems. */
export const remove = { en: 'remove it', zh: '请将其删除' } as const;
