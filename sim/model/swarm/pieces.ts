import { assert } from "../../engine/assert.ts";
import { BLOCK } from "./messages.ts";

/** A file cut into pieces, and each piece into blocks of 16 KiB. */
export class Pieces {
  readonly size: number;
  readonly pieceSize: number;
  readonly count: number;
  readonly blocksPerPiece: number;
  readonly blocks: number;

  constructor(size: number, pieceSize: number) {
    assert(size >= 1 && pieceSize >= 1, `invalid size or piece: ${size}, ${pieceSize}`);
    this.size = size;
    this.pieceSize = Math.min(pieceSize, size);
    this.count = Math.ceil(size / pieceSize);
    this.blocksPerPiece = Math.ceil(this.pieceSize / BLOCK);
    this.blocks = (this.count - 1) * this.blocksPerPiece + this.blocksIn(this.count - 1);
  }

  /** Bytes of a piece; the last may be short. */
  bytesIn(piece: number): number {
    return Math.min(this.pieceSize, this.size - piece * this.pieceSize);
  }

  blocksIn(piece: number): number {
    return Math.ceil(this.bytesIn(piece) / BLOCK);
  }

  firstBlock(piece: number): number {
    return piece * this.blocksPerPiece;
  }

  pieceOf(block: number): number {
    return Math.floor(block / this.blocksPerPiece);
  }

  /** Bytes of a block; the last of a piece may be short. */
  bytesOf(block: number): number {
    const piece = this.pieceOf(block);
    return Math.min(BLOCK, this.bytesIn(piece) - (block - this.firstBlock(piece)) * BLOCK);
  }
}
