/** Somebody tries out what they do not know. `at`: the last try, epoch ms. */
export type Alert =
  /** PINs of one of the roster. */
  | { readonly kind: 'pins'; readonly name: string; readonly tries: number; readonly at: number }
  /** Codes of classrooms, so many that every typed code has to wait; a scanned one does not. */
  | { readonly kind: 'codes'; readonly tries: number; readonly at: number };
