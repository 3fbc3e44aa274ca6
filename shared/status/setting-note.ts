import type { SettingNote } from '../protocol/setting-note.ts';
import type { LocalText } from '../text/local-text.ts';

/** "network.podSubnet: planned 10.1.0.0/16, running 10.244.0.0/16; not applied: …". */
export function settingNoteText({ written, planned, actual, meaning }: Omit<SettingNote, 'remedy'>): LocalText {
  return {
    en: `${written}: planned ${planned.en}, running ${actual.en}; ${meaning.en}`,
    zh: `${written}：计划为 ${planned.zh}，运行中为 ${actual.zh}；${meaning.zh}`,
  };
}
