// The sample product: a serum bottle of our own design. Rendered by render.sh with POV-Ray 3.7.
// Declare=CutOut=1 leaves out the set, for the transparent PNG.
#version 3.7;
global_settings { assumed_gamma 1.0 max_trace_level 9 }

#ifndef (CutOut) #declare CutOut = 0; #end

camera { perspective location <0, 3.1, -15> look_at <0, 2.75, 0> right x*image_width/image_height up y angle 28 }

light_source { <-9, 13, -10> rgb <1.0, 0.96, 0.90>*1.05 area_light <3.5, 0, 0>, <0, 3.5, 0>, 5, 5 adaptive 0 jitter circular orient }
light_source { <11, 6, -7> rgb <0.62, 0.74, 1.0>*0.38 area_light <3, 0, 0>, <0, 3, 0>, 3, 3 adaptive 0 jitter }

#declare Glass = material {
  texture { pigment { rgbt <0.98, 0.62, 0.20, 0.86> } finish { ambient 0 diffuse 0.08 specular 0.7 roughness 0.002 reflection { 0.03, 0.38 fresnel on } conserve_energy } }
  interior { ior 1.5 fade_distance 1.6 fade_power 1001 fade_color <0.85, 0.38, 0.08> }
};
#declare Liquid = material {
  texture { pigment { rgbt <0.96, 0.56, 0.16, 0.74> } finish { ambient 0.10 diffuse 0.22 specular 0.2 } }
  interior { ior 1.36 }
};
#declare Rubber = texture { pigment { rgb <0.055, 0.058, 0.062> } finish { ambient 0.06 diffuse 0.7 specular 0.22 roughness 0.06 } }
#declare Brass = texture { pigment { rgb <0.86, 0.66, 0.36> } finish { ambient 0 diffuse 0.35 specular 0.8 roughness 0.012 metallic reflection { 0.35 metallic } } }
#declare Paper = texture { pigment { rgb <0.955, 0.935, 0.895> } finish { ambient 0.22 diffuse 0.68 } }
#declare Ink = texture { pigment { rgb <0.10, 0.10, 0.11> } finish { ambient 0 diffuse 0.7 } }

#declare Body = lathe { cubic_spline 12
  <0.0, -0.2>, <0.0, 0.0>, <0.75, 0.0>, <1.06, 0.07>, <1.15, 0.35>, <1.15, 1.6>, <1.15, 3.0>, <1.08, 3.35>, <0.72, 3.66>, <0.50, 3.80>, <0.47, 4.1>, <0.47, 4.4> };

union {
  object { Body material { Glass } }
  object { Body scale <0.90, 0.80, 0.90> translate y*0.10 material { Liquid } }
  cylinder { <0, 0.5, 0>, <0, 4.0, 0>, 0.09 material { Glass } }
  // Label, wrapped around the front.
  intersection {
    difference { cylinder { <0, 0.72, 0>, <0, 2.72, 0>, 1.168 } cylinder { <0, 0.6, 0>, <0, 2.9, 0>, 1.156 } }
    plane { z, -0.30 }
    texture { Paper }
  }
  // Print: letters cut out of a shell that is a hair wider than the label.
  intersection {
    union {
      text { ttf "timrom.ttf" "HALO" 1, 0.06*x scale <0.50, 0.50, 1> translate <-0.74, 1.88, -1.5> }
      text { ttf "cyrvetic.ttf" "VITAMIN C SERUM" 1, 0.12*x scale <0.118, 0.118, 1> translate <-0.62, 1.52, -1.5> }
      text { ttf "cyrvetic.ttf" "30 ml" 1, 0.05*x scale <0.11, 0.11, 1> translate <-0.13, 0.92, -1.5> }
    }
    difference { cylinder { <0, 0.72, 0>, <0, 2.72, 0>, 1.171 } cylinder { <0, 0.6, 0>, <0, 2.9, 0>, 1.15 } }
    texture { Ink }
  }
  // Collar, cap and bulb.
  cylinder { <0, 4.02, 0>, <0, 4.52, 0>, 0.56 texture { Brass } }
  torus { 0.56, 0.035 translate y*4.05 texture { Brass } }
  torus { 0.545, 0.035 translate y*4.52 texture { Brass } }
  lathe { cubic_spline 8 <0.0, 4.4>, <0.46, 4.45>, <0.47, 4.7>, <0.42, 5.1>, <0.37, 5.5>, <0.28, 5.85>, <0.0, 5.97>, <-0.2, 5.97> texture { Rubber } }
}

#if (CutOut)
  // Seen in reflections, not behind the bottle.
  sphere { 0, 200 hollow no_image no_shadow pigment { gradient y scale 200 color_map { [0 rgb <0.80, 0.76, 0.70>] [1 rgb <1, 0.98, 0.95>] } } finish { ambient 0 diffuse 0 emission 1 } }
#else
  sky_sphere { pigment { gradient y color_map { [0 rgb <0.86, 0.80, 0.73>] [1 rgb <1, 0.97, 0.93>] } } }
  // A sweep in warm sand, a stone step and a slab behind.
  plane { y, -0.9 pigment { rgb <0.80, 0.62, 0.49> } finish { ambient 0.20 diffuse 0.62 } }
  plane { -z, -14 rotate x*4 pigment { rgb <0.84, 0.67, 0.54> } finish { ambient 0.28 diffuse 0.62 } }
  #declare Stone = texture {
    pigment { granite scale 0.9 color_map { [0 rgb <0.80, 0.77, 0.72>] [0.45 rgb <0.91, 0.885, 0.845>] [1 rgb <0.965, 0.945, 0.915>] } }
    normal { granite 0.08 scale 0.35 } finish { ambient 0.24 diffuse 0.62 specular 0.06 roughness 0.05 } }
  superellipsoid { <0.06, 0.06> scale <2.5, 0.45, 1.9> translate <0.1, -0.45, 0.1> texture { Stone } }
  superellipsoid { <0.06, 0.06> scale <1.15, 2.2, 0.35> rotate y*-14 translate <2.3, 1.3, 2.8> texture { Stone } }
  // Three smooth pebbles.
  sphere { 0, 1 scale <0.42, 0.24, 0.34> rotate y*20 translate <-1.55, 0.22, -0.75> texture { Stone } }
  sphere { 0, 1 scale <0.26, 0.16, 0.22> translate <-1.05, 0.15, -1.15> texture { Stone } }
  sphere { 0, 1 scale <0.3, 0.19, 0.25> rotate y*-30 translate <1.62, 0.18, -0.8> texture { Stone } }
#end
