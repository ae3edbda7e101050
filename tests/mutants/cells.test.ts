import { cellFiles } from '../gradcheck/mutants/subjects.js';
import { testMutantsOf } from './noticed.js';

testMutantsOf(cellFiles);
