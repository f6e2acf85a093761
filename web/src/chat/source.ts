import { signal } from '@preact/signals';
import type { Citation, FoundPassage } from '../api/types';
import type { Turn } from './turn';

/** The source that is open beside the answer. */
export interface OpenSource {
  /** Key of the turn that it belongs to. */
  turn: string;
  citation: Citation;
  /** Those that can be paged through, in their order. */
  among: readonly Citation[];
}

export const source = signal<OpenSource | undefined>(undefined);
/** What had the focus before, and gets it back. */
let before: Element | null = null;

/** Opens it; the same again closes it. */
export function showSource(turn: Turn, citation: Citation, among: readonly Citation[] = turn.citations): void {
  const open = source.value;
  if (open?.turn === turn.key && open.citation === citation) {
    closeSource();
    return;
  }
  if (!open) before = document.activeElement;
  source.value = { turn: turn.key, citation, among };
}

export function closeSource(): void {
  if (!source.value) return;
  source.value = undefined;
  if (before instanceof HTMLElement && before.isConnected) before.focus();
  before = null;
}

/** Goes to the one before or after. */
export function showNeighbour(step: 1 | -1): void {
  const { value: open } = source;
  if (!open) return;
  const next = open.among[open.among.indexOf(open.citation) + step];
  if (next) source.value = { ...open, citation: next };
}

/** A passage that was found but not cited, to be opened like a citation. */
export function citationOf(passage: FoundPassage, place: number): Citation {
  return { ...passage, number: place + 1, quote: passage.text, displayQuote: passage.displayText };
}
