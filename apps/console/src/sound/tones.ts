/**
 * The console's sounds, made of sine tones: each told apart by its melody, not by its loudness. `ringing` is a soft
 * double trill, `warning` two rising notes, `alarm` three falling ones.
 */
export const SIGNALS = ['ringing', 'warning', 'alarm'] as const;
export type Signal = (typeof SIGNALS)[number];

/** Pitch in hertz, start and length in seconds. */
interface Note {
  readonly pitch: number;
  readonly at: number;
  readonly length: number;
}

const trill = (at: number): readonly Note[] =>
  [0, 1, 2, 3].map((step) => ({ pitch: step % 2 === 0 ? 784 : 659, at: at + step * 0.09, length: 0.1 }));

const MELODIES: Readonly<Record<Signal, readonly Note[]>> = {
  ringing: [...trill(0), ...trill(0.6)],
  warning: [
    { pitch: 523, at: 0, length: 0.18 },
    { pitch: 659, at: 0.2, length: 0.3 },
  ],
  alarm: [
    { pitch: 880, at: 0, length: 0.22 },
    { pitch: 698, at: 0.26, length: 0.22 },
    { pitch: 523, at: 0.52, length: 0.4 },
  ],
};

/** Rise and fall of a note in seconds: without them it clicks. */
const EDGE = 0.02;
/** A full-scale sine is far louder than anything else on a desk. */
const LOUDEST = 0.5;

/** Plays a signal now; `volume` is 0 to 1, and its square is what is heard as even steps. */
export function playSignal(context: AudioContext, signal: Signal, volume: number): void {
  const gain = LOUDEST * volume * volume;
  const start = context.currentTime + 0.01;
  for (const { pitch, at, length } of MELODIES[signal]) {
    const tone = new OscillatorNode(context, { type: 'sine', frequency: pitch });
    const envelope = new GainNode(context, { gain: 0 });
    const from = start + at;
    envelope.gain.setValueAtTime(0, from);
    envelope.gain.linearRampToValueAtTime(gain, from + EDGE);
    envelope.gain.setValueAtTime(gain, from + length - EDGE);
    envelope.gain.linearRampToValueAtTime(0, from + length);
    tone.connect(envelope).connect(context.destination);
    tone.start(from);
    tone.stop(from + length);
  }
}
