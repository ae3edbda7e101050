/** The lab's page: it draws what its workers compute, and tells them what the visitor wants. */
import { element } from '../dom.js';
import { createTheme } from '../theme.js';
import { AddingPanel } from './addingPanel.js';
import { createDesk } from './desk.js';
import { FlowPanel } from './flowPanel.js';
import { LabAddress } from './labAddress.js';
import { createTopologyCards } from './topologyCards.js';

const desk = createDesk();
const address = new LabAddress(desk.complain);
const panels = [
  new AddingPanel(desk, address),
  new FlowPanel(desk, address),
  createTopologyCards(desk, address),
];
// Charts follow the style sheet by themselves; their letters may have another width.
createTheme(() => panels.forEach((panel) => panel.draw()));
element('share').addEventListener('click', desk.share);
