/** A person as others may see them. `here`: a socket of theirs is connected now. */
export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly here: boolean;
}
