import { create } from 'zustand';

export interface ToastMessage {
  readonly text: string;
  readonly tone?: 'normal' | 'good' | 'bad' | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

interface Toasts {
  readonly list: readonly (ToastMessage & { readonly id: number })[];
}

let nextId = 1;
const KEPT = 3;

/** The short messages now on the screen; drawn by `<ToastRoot>`. */
export const useToasts = create<Toasts>()(() => ({ list: [] }));

/** Says something in passing. Nothing that must not be missed: that is a bar or a dialog. */
export function toast(message: ToastMessage): void {
  useToasts.setState(({ list }) => ({ list: [...list.slice(1 - KEPT), { ...message, id: nextId++ }] }));
}

export function dropToast(id: number): void {
  useToasts.setState(({ list }) => ({ list: list.filter((entry) => entry.id !== id) }));
}
