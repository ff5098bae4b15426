/// The judge: the plain, slow version of `view(history, catalogue, rules, now)` and the histories it is asked about.
///
/// Every question is answered from the start: the accepted events are sorted, walked one by one, and each value is a
/// plain function of the events so far. Nothing is kept between two questions. It shares no code with what it judges
/// and sees only the JDK. Read [io.souverix.twin.engine.judge.Judge] first, then one aspect at a time;
/// [io.souverix.twin.engine.judge.Histories] makes the histories.
@NullMarked
package io.souverix.twin.engine.judge;

import org.jspecify.annotations.NullMarked;
