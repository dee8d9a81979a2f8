import * as tf from '@tensorflow/tfjs-core';

export interface CrossEntropy {
  /** Sum over the batch, in nats. */
  readonly lossSum: tf.Scalar;
  /** How many samples have their own class's logit as the largest. */
  readonly correct: tf.Scalar;
  /** Of the mean loss in the logits, batch x classes; null unless asked for. */
  readonly gradient: tf.Tensor2D | null;
}

/** Softmax cross-entropy of `logits` with one-hot `targets`, both batch x classes. NaN logits give a NaN loss. */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D, withGradient: boolean): CrossEntropy {
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const total = tf.sum(exponentials, 1, true);
  const own = tf.sum(tf.mul(targets, shifted), 1, true);
  return {
    lossSum: tf.sum<tf.Scalar>(tf.sub(tf.log(total), own)),
    // The largest logit is shifted to exactly 0.
    correct: tf.sum<tf.Scalar>(tf.cast(tf.greaterEqual(own, 0), 'float32')),
    gradient: withGradient ? tf.div(tf.sub(tf.div(exponentials, total), targets), logits.shape[0]) : null,
  };
}
