import { settingNotes } from '../../shared/plan/effects/notes.ts';
import type { ClusterSettings, Plan } from '../../shared/plan/schema.ts';
import type { SettingNote } from '../../shared/protocol/setting-note.ts';
import { settingNoteText } from '../../shared/status/setting-note.ts';
import type { Store } from '../store/store.ts';

const told = 'told-setting-notes';

/** Records an event for each planned setting that the running cluster does not get, once, and for the end of it. */
export function recordNotes(store: Store, plan: Plan, running: ClusterSettings, at: number): void {
  const notes = settingNotes(plan.settings, running);
  const before = JSON.parse(store.settings.get(told) ?? '[]') as SettingNote[];
  const after = JSON.stringify(notes);
  if (after === JSON.stringify(before)) return;
  const isIn = (list: readonly SettingNote[], { field, planned }: SettingNote) =>
    list.some((one) => one.field === field && one.planned.en === planned.en);
  store.transaction(() => {
    store.settings.set(told, after);
    for (const note of notes.filter((one) => !isIn(before, one)))
      store.events.add(at, 'setting-not-applied', null, settingNoteText(note));
    for (const { written } of before.filter((one) => !notes.some(({ field: other }) => other === one.field))) {
      const text = {
        en: `${written}: planned and running values agree again`,
        zh: `${written}：计划值与运行值再次一致`,
      };
      store.events.add(at, 'setting-agrees', null, text);
    }
  });
}
