/** Why a file cannot be read as a capture. A value, never thrown: a file that is none is an answer too. */
export type CaptureRefusal =
  | { readonly code: 'capture/empty' }
  /** `looksLike` names what the first octets are known for, where they are known. */
  | { readonly code: 'capture/not-a-capture'; readonly looksLike: string | null }
  | { readonly code: 'capture/cut-header' }
  /** No frame of the file has a link type that can be read; `linkType` is the first one met. */
  | { readonly code: 'capture/link-type'; readonly linkType: number }
  /**
   * A record contradicts itself, so that nothing behind it can be found. Refused only if nothing came before.
   */
  | { readonly code: 'capture/damaged'; readonly atOctet: number; readonly what: string };

/** One line for a terminal. */
export function captureRefusalText(refusal: CaptureRefusal): string {
  switch (refusal.code) {
    case 'capture/empty':
      return 'the file is empty';
    case 'capture/not-a-capture':
      return `not a capture (neither pcap nor pcapng)${refusal.looksLike ? `: it looks like ${refusal.looksLike}` : ''}`;
    case 'capture/cut-header':
      return 'the file ends inside its own header';
    case 'capture/link-type':
      return `link type ${refusal.linkType} is not one that can be read`;
    case 'capture/damaged':
      return `damaged at octet ${refusal.atOctet}: ${refusal.what}`;
  }
}
