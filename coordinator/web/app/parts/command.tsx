import { useState } from 'preact/hooks';
import { t } from '../text/index.ts';

/** A command with a copy button; renders nothing if empty. */
export function Command({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  if (text === '') return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div class="command">
      <code>{text}</code>
      <button type="button" class="ghost" onClick={() => void copy()}>
        <span aria-live="polite">{copied ? t().copied : t().copy}</span>
      </button>
    </div>
  );
}
