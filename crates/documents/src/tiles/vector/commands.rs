//! Geometry as commands: move, draw, close, each place relative to the one before (section 4.3 of the standard).

use super::{Dot, Geometry, Patch};
use crate::tiles::TilesError;
use crate::tiles::cut::doubled_area;

const MOVE: u32 = 1;
const DRAW: u32 = 2;
const CLOSE: u32 = 7;

const POINT: u32 = 1;
const LINE: u32 = 2;
const AREA: u32 = 3;

/// The kind's number and its commands.
pub(crate) fn write(geometry: &Geometry) -> (u32, Vec<u32>) {
    let mut pen = Pen::default();
    match geometry {
        Geometry::Points(dots) => {
            pen.command(MOVE, dots.len());
            dots.iter().for_each(|dot| pen.go(*dot));
            (POINT, pen.commands)
        }
        Geometry::Lines(lines) => {
            lines.iter().for_each(|line| pen.line(line));
            (LINE, pen.commands)
        }
        Geometry::Areas(patches) => {
            for ring in patches.iter().flatten() {
                pen.line(ring);
                pen.command(CLOSE, 1);
            }
            (AREA, pen.commands)
        }
    }
}

#[derive(Default)]
struct Pen {
    commands: Vec<u32>,
    at: Dot,
}

impl Pen {
    fn command(&mut self, command: u32, count: usize) {
        self.commands.push(command | u32::try_from(count).unwrap_or(u32::MAX >> 3) << 3);
    }

    fn line(&mut self, dots: &[Dot]) {
        let Some((first, rest)) = dots.split_first() else { return };
        self.command(MOVE, 1);
        self.go(*first);
        self.command(DRAW, rest.len());
        rest.iter().for_each(|dot| self.go(*dot));
    }

    fn go(&mut self, dot: Dot) {
        // Zigzag: small numbers of either sign become small numbers without one.
        let folded = |step: i32| (step.wrapping_shl(1) ^ (step >> 31)).cast_unsigned();
        for axis in [0, 1] {
            self.commands.push(folded(dot[axis].wrapping_sub(self.at[axis])));
        }
        self.at = dot;
    }
}

/// The shapes that commands draw.
pub(crate) fn read(kind: u32, commands: &[u32]) -> Result<Geometry, TilesError> {
    let strokes = strokes(commands)?;
    match kind {
        POINT => Ok(Geometry::Points(strokes.into_iter().flat_map(|stroke| stroke.dots).collect())),
        LINE => Ok(Geometry::Lines(strokes.into_iter().map(|stroke| stroke.dots).collect())),
        AREA => patches(strokes).map(Geometry::Areas),
        _ => Err(TilesError::Broken("a geometry of an unknown kind")),
    }
}

/// What is drawn between two moves.
struct Stroke {
    dots: Vec<Dot>,
    closed: bool,
}

fn strokes(commands: &[u32]) -> Result<Vec<Stroke>, TilesError> {
    let mut rest = commands.iter().copied();
    let mut at: Dot = [0, 0];
    let mut strokes: Vec<Stroke> = Vec::new();
    while let Some(command) = rest.next() {
        let (command, count) = (command & 7, command >> 3);
        if command == CLOSE {
            strokes.last_mut().ok_or(TilesError::Broken("a ring without a beginning"))?.closed = true;
            continue;
        }
        // The count is what the bytes say: the places must really be there.
        for _ in 0..count {
            at = step(at, &mut rest).ok_or(TilesError::Broken("a line without its places"))?;
            match (command, strokes.last_mut()) {
                (MOVE, _) => strokes.push(Stroke { dots: vec![at], closed: false }),
                (DRAW, Some(stroke)) => stroke.dots.push(at),
                _ => return Err(TilesError::Broken("an unknown command")),
            }
        }
    }
    Ok(strokes)
}

fn step(at: Dot, rest: &mut impl Iterator<Item = u32>) -> Option<Dot> {
    let unfolded = |folded: u32| (folded >> 1).cast_signed() ^ -((folded & 1).cast_signed());
    let (x, y) = (unfolded(rest.next()?), unfolded(rest.next()?));
    Some([at[0].wrapping_add(x), at[1].wrapping_add(y)])
}

/// Rings to areas: a ring that turns clockwise begins a new part, the others are its holes.
fn patches(strokes: Vec<Stroke>) -> Result<Vec<Patch>, TilesError> {
    let mut patches: Vec<Patch> = Vec::new();
    for stroke in strokes {
        if !stroke.closed {
            return Err(TilesError::Broken("a ring that is not closed"));
        }
        match patches.last_mut() {
            Some(patch) if doubled_area(&stroke.dots) < 0 => patch.push(stroke.dots),
            _ => patches.push(vec![stroke.dots]),
        }
    }
    Ok(patches)
}
