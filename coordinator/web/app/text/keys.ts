/** What the steps of a bring-up are shown as: one colour each. */
export const parts = ['prepare', 'packages', 'runtime', 'images', 'cluster', 'join', 'ready'] as const;
export type PartKey = (typeof parts)[number];
