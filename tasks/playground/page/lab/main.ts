/** The lab's page: it draws what its workers compute, and tells them what the visitor wants. */
import { createTheme } from '../theme.js';
import { AddingPanel } from './addingPanel.js';
import { createDesk } from './desk.js';
import { FlowPanel } from './flowPanel.js';
import { createTopologyCards } from './topologyCards.js';

const desk = createDesk();
const panels = [new AddingPanel(desk), new FlowPanel(desk), createTopologyCards(desk)];
// Charts follow the style sheet by themselves; their letters may have another width.
createTheme(() => panels.forEach((panel) => panel.draw()));
