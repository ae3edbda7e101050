/**
 * tfjs for the tests, on its plain JavaScript backend, which runs everywhere and in a fixed order.
 * Production mode turns off its advice to install another package, and its safety checks.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// Also registers the derivatives of the operations.
import { layers, sequential } from '@tensorflow/tfjs-layers';

tf.enableProdMode();

export { layers, sequential, tf };
